"""Pages that show dots beside people: told whose state changes, not who else looks at them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from estafeta.accounts.standing import Standing

PEOPLE = "people:0"


class PeoplePlace:
    """Anybody may look; whose state he is told decides `presence.states`."""

    def seen(self, keys: Collection[int], standings: Mapping[int, Standing]) -> dict[int, set[int]]:
        return {key: {one.person for one in standings.values() if one.is_active} for key in keys}

    def tells(self, present: Standing, to: Standing) -> bool:
        return False
