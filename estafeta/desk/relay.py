"""The relay bar from the holds of a ticket: who had it for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from estafeta.desk.durations import lasting
from estafeta.lib import clock

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Hold


@dataclass(frozen=True)
class Part:
    """One segment, as components/relay.html draws it."""

    person: Person | None
    seconds: int
    time: str
    reason: str
    growing: bool
    place: str


def parts(holds: Sequence[Hold]) -> list[Part]:
    """One segment a stretch, in order; the running one grows. `person` and `department` are loaded."""
    now = clock.now()
    return [
        part(
            hold.person, hold.since, hold.until, now,
            reason=hold.reason, place=hold.department.name,
        )
        for hold in holds
    ]  # fmt: skip


def part(
    person: Person | None,
    since: datetime,
    until: datetime | None,
    now: datetime,
    *,
    reason: str = "",
    place: str = "",
) -> Part:
    """One stretch, running up to `now` unless it ended."""
    length = max((until or now) - since, timedelta())
    return Part(
        person=person,
        seconds=max(int(length.total_seconds()), 1),
        time=lasting(length),
        reason=reason,
        growing=until is None,
        place=place,
    )
