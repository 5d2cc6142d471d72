"""Keeps the counters of `Tally` true while verbs move tickets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Count, F

from estafeta.lib.prepared import Prepared
from estafeta.tickets.models import Tally

if TYPE_CHECKING:
    from estafeta.tickets.models import Ticket

Place = tuple[int, str]


def place_of(ticket: Ticket) -> Place:
    """The counter in which a ticket stands: department and status."""
    return ticket.department_id, str(ticket.status)


def move(origin: Place | None, to: Place) -> None:
    """Count a ticket out of one place and into another."""
    move_all([(origin, to)])


def move_all(moves: Iterable[tuple[Place | None, Place]]) -> None:
    """The same for many tickets; each counter is touched once, in the order that avoids deadlocks."""
    steps: Counter[Place] = Counter()
    for origin, to in moves:
        steps[to] += 1
        if origin is not None:
            steps[origin] -= 1
    for (department, status), step in sorted(steps.items()):
        if not step:
            continue
        row = Tally.objects.filter(department=department, status=status)
        if not row.update(amount=F("amount") + step):
            Tally.objects.bulk_create(
                [Tally(department_id=department, status=status)], ignore_conflicts=True
            )
            row.update(amount=F("amount") + step)


def by_department(departments: frozenset[int] | None = None) -> dict[int, Counter[str]]:
    """department id -> status -> amount, for the given departments or for all."""
    rows = _ALL() if departments is None else _SOME(departments=sorted(departments))
    found: dict[int, Counter[str]] = {}
    for department, status, amount in rows:
        found.setdefault(department, Counter())[status] = amount
    return found


_COLUMNS = ("department", "status", "amount")
_ALL = Prepared(lambda: Tally.objects.values_list(*_COLUMNS))
_SOME = Prepared(
    lambda departments: Tally.objects.filter(department__in=departments).values_list(*_COLUMNS)
)


def recount() -> None:
    """Count everything anew; for bulk loads and for the doctor."""
    from estafeta.tickets.models import Ticket

    Tally.objects.all().delete()
    rows = Ticket.with_deleted.order_by().values("department", "status").annotate(n=Count("pk"))
    Tally.objects.bulk_create(
        Tally(department_id=row["department"], status=row["status"], amount=row["n"])
        for row in rows
    )
