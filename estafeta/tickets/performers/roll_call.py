"""Who has seen it, begun, finished: the parts of several performers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from estafeta.tickets.models import Participant, ReadMark
from estafeta.tickets.performers import separately

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Ticket

MOST = 500


@dataclass(frozen=True)
class Part:
    """A row: `opened` says that he has looked at it without confirming that."""

    person: Person
    seen: datetime | None
    opened: bool
    taken: datetime | None
    done: datetime | None
    nudged: datetime | None


@dataclass(frozen=True)
class RollCall:
    """The first rows, and how many of all have come how far."""

    parts: list[Part]
    amount: int
    done: int

    @property
    def more(self) -> int:
        """Not shown."""
        return self.amount - len(self.parts)


def roll_call(ticket: Ticket, most: int = MOST) -> RollCall:
    """Two queries, and two more where there are very many."""
    rows = list(separately.parts(ticket).select_related("person")[: most + 1])
    amount, done = len(rows), sum(row.finished_at is not None for row in rows)
    if amount > most:
        amount = separately.parts(ticket).count()
        done = separately.parts(ticket).exclude(finished_at=None).count()
    shown = rows[:most]
    marks = ReadMark.objects.filter(ticket=ticket, person__in=[row.person_id for row in shown])
    opened = set(marks.values_list("person", flat=True))
    return RollCall([_part(row, opened) for row in shown], amount, done)


def _part(row: Participant, opened: set[int]) -> Part:
    return Part(
        person=row.person,
        seen=row.acknowledged_at,
        opened=row.person_id in opened,
        taken=row.taken_at,
        done=row.finished_at,
        nudged=row.nudged_at,
    )
