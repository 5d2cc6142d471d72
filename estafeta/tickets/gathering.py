"""Many tickets in one transaction: what verbs write is gathered, and written at once.

A verb that is done to one ticket writes each row as it goes. Done to a thousand, the same body gets
rows that carry a `Gathered`: `Ticket.save` and `baton` then keep what is to be written, and `write`
writes it with a few statements. What a body refuses half-way is simply not written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from estafeta.lib import many_rows
from estafeta.tickets.models import Hold, Participant, Ticket

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


@dataclass
class Gathered:
    """What the verb has changed on one ticket and nobody has written yet."""

    ties: dict[int, Participant | None]
    """By person; None where it is known that there is none."""
    fields: set[str] = field(default_factory=set)
    holds: list[Hold] = field(default_factory=list)
    hold_ends: datetime | None = None
    tied: dict[int, set[str]] = field(default_factory=dict)
    """By person: which fields of his tie are new; of a new tie all are."""
    are_out: bool | None = None
    """What `is_current` of all ties becomes."""

    def close_hold(self, at: datetime) -> None:
        """The running stretch ends: one of the verb's own, or the one that is kept."""
        if self.holds:
            self.holds[-1].until = at
        elif self.hold_ends is None:
            self.hold_ends = at

    def tie(self, ticket: Ticket, person: Person) -> Participant | None:
        """The person's tie."""
        if person.pk not in self.ties:
            self.ties[person.pk] = Participant.objects.filter(ticket=ticket, person=person).first()
        return self.ties[person.pk]

    def participate(self, ticket: Ticket, person: Person, values: dict[str, Any]) -> Participant:
        """Change the tie, or make one."""
        row = self.tie(ticket, person)
        if row is None:
            row = self.ties[person.pk] = Participant(ticket_id=ticket.pk, person_id=person.pk)
        for name, value in values.items():
            setattr(row, name, value)
        self.tied.setdefault(person.pk, set()).update(values)
        return row


def write(tickets: Sequence[Ticket]) -> None:
    """Everything that was gathered on these, except the tickets' own columns (`write_tickets`)."""
    all_gathered = [(ticket, ticket.gathered) for ticket in tickets if ticket.gathered is not None]
    made: list[Participant] = []
    changed: list[tuple[Participant, set[str]]] = []
    for _ticket, gathered in all_gathered:
        for person, names in gathered.tied.items():
            row = gathered.ties[person]
            assert row is not None
            if row.pk is None:
                made.append(row)
            else:
                changed.append((row, names))
    many_rows.insert(Participant, made)
    many_rows.update(Participant, changed)
    ends = [(g.hold_ends, ticket.pk) for ticket, g in all_gathered if g.hold_ends is not None]
    _end_holds(ends)
    many_rows.insert(Hold, [hold for _ticket, g in all_gathered for hold in g.holds])
    for is_current in (True, False):
        numbers = [ticket.pk for ticket, g in all_gathered if g.are_out is (not is_current)]
        if numbers:
            Participant.objects.filter(ticket__in=numbers).update(is_current=is_current)


def write_tickets(tickets: Iterable[Ticket]) -> None:
    """The columns that the verbs and the journal have set."""
    many_rows.update(Ticket, [(t, t.gathered.fields) for t in tickets if t.gathered is not None])


def _end_holds(ends: Sequence[tuple[datetime, int]]) -> None:
    if not ends:
        return
    values = [(connection.ops.adapt_datetimefield_value(at), ticket) for at, ticket in ends]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {Hold._meta.db_table} SET until = %s WHERE ticket_id = %s AND until IS NULL",
            values,
        )
