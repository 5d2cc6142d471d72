"""Who is away, as pages tell it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from estafeta.accounts.deputies import Away, Row
from estafeta.accounts.models import Absence, Person
from estafeta.lib import clock


class Gone(NamedTuple):
    """Somebody is away, as pages tell it."""

    row: Row
    reason: str
    deputy: Person | None
    """Who really stands in, along the whole chain."""


def gone(people: Iterable[int]) -> dict[int, Gone]:
    """Of these people those who are away now; three queries, and one where nobody is."""
    now = clock.now()
    found = Absence.objects.at(now).filter(person__in=list(people)).order_by("pk")
    reasons = {row.person_id: row.reason for row in found}
    if not reasons:
        return {}
    away = Away.at(now)
    rows = {person: row for person in reasons if (row := away.of(person))}
    stand_ins = {person: away.stand_in(person) for person in rows}
    known = Person.objects.in_bulk([pk for pk in stand_ins.values() if pk is not None])
    return {
        person: Gone(row, reasons[person], known.get(stand_ins[person] or 0))
        for person, row in rows.items()
    }
