"""What was changed in the matrix.

Sent back is what is ticked and what had been ticked when the page was made: only what differs is a
decision.
"""

from __future__ import annotations

from django.http import QueryDict

from estafeta.notifications.kinds import Kind
from estafeta.notifications.wishes import Chosen
from estafeta.notifications.wishing import columns

EVERYTHING = "all"


def decisions(data: QueryDict, chosen: Chosen) -> dict[str, dict[str, bool | None]]:
    """What was changed on the page; None: back to what others have decided."""
    known = {f"{kind}.{column}" for kind in Kind for column in columns()}
    ticked, before = set(data.getlist("cell")) & known, set(data.getlist("was")) & known
    found: dict[str, dict[str, bool | None]] = {}
    for name in ticked ^ before:
        kind, column = name.split(".")
        wanted = name in ticked
        is_others = chosen.inherited.choice(kind, column).is_wanted == wanted
        found.setdefault(kind, {})[column] = None if is_others else wanted
    reset = data.get("reset", "")
    for kind in Kind:
        if reset in (EVERYTHING, kind):
            found[kind] = dict.fromkeys(columns())
    return found
