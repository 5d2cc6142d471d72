"""Open talks: who takes part may be there and is told who writes.

Of a client's talk these are he and the operator: that others of the department read along is not told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from estafeta.accounts.standing import Standing
from estafeta.chat import visibility
from estafeta.chat.models import Room, RoomKind


class RoomPlace:
    """The rule of sight is that of the room."""

    def seen(self, keys: Collection[int], standings: Mapping[int, Standing]) -> dict[int, set[int]]:
        return {
            room.pk: {
                person
                for person, standing in standings.items()
                if visibility.sees(standing, room) and _takes_part(person, room)
            }
            for room in Room.objects.filter(pk__in=keys)
        }

    def tells(self, present: Standing, to: Standing) -> bool:
        return True


def _takes_part(person: int, room: Room) -> bool:
    return room.kind != RoomKind.CLIENT or person in (room.client_id, room.operator_id)
