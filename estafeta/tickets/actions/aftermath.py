"""What follows from every verb in its own transaction: counters, journal, who has read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.db.models import Max

from estafeta.lib import clock, many_rows
from estafeta.tickets import journal
from estafeta.tickets.lists import tallies
from estafeta.tickets.models import Comment, Entry, Participant, ReadMark, Ticket
from estafeta.tickets.verbs import WRITTEN, Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.permissions import Relation


@dataclass
class Done:
    """What a verb's body tells the journal."""

    facts: dict[str, Any] = field(default_factory=dict)
    comment: Comment | None = None
    besides: list[tuple[Before, Done]] = field(default_factory=list)
    """What another ticket's journal tells of the same act, where the verb is about two."""


@dataclass(frozen=True)
class Before:
    """How a locked ticket was before the verb, and what tied the actor to it."""

    relation: Relation
    place: tallies.Place
    length: int

    @classmethod
    def of(cls, relation: Relation) -> Before:
        """To be asked before the body runs."""
        ticket = relation.ticket
        return cls(relation, tallies.place_of(ticket), ticket.journal_length)

    @property
    def ticket(self) -> Ticket:
        """The row, which the body has changed meanwhile."""
        return self.relation.ticket


def settle(verb: Verb, acts: Sequence[tuple[Before, Done]], *, by: Person) -> list[Entry]:
    """Of one ticket or of many; gives the entries in the same order, those told besides last."""
    acts = [*acts, *(told for _before, done in acts for told in done.besides)]
    # Many may have been done about one other ticket: it was where it was before the first.
    first = dict[int, Before]()
    for before, _done in acts:
        first.setdefault(before.ticket.pk, before)
    befores = list(first.values())
    tallies.move_all((before.place, tallies.place_of(before.ticket)) for before in befores)
    lines = [journal.Line(before.ticket, done.facts, done.comment) for before, done in acts]
    entries = journal.record_all(verb, lines, by=by)
    _stay_read(befores, by)
    _acknowledge(befores)
    return entries


def _stay_read(befores: Sequence[Before], person: Person) -> None:
    """Whoever acts has read everything, unless somebody wrote something he has not opened."""
    if person.is_system:
        return
    numbers = [before.ticket.pk for before in befores]
    marks = ReadMark.objects.filter(person=person, ticket__in=numbers)
    read = dict(marks.values_list("ticket", "seq"))
    behind = [b for b in befores if read.get(b.ticket.pk, 0) < b.length]
    missed = _last_written(behind, read, person)
    rows = [
        SimpleNamespace(
            ticket_id=before.ticket.pk, person_id=person.pk, seq=before.ticket.journal_length
        )
        for before in befores
        if missed.get(before.ticket.pk, 0) <= read.get(before.ticket.pk, 0)
    ]
    # In one step, because his page may be marking a ticket read at this moment.
    many_rows.insert(ReadMark, rows, unique=["person", "ticket"], renewing=["seq"])


def _last_written(behind: Sequence[Before], read: dict[int, int], person: Person) -> dict[int, int]:
    """By ticket: the place of the newest thing that somebody else wrote."""
    if not behind:
        return {}
    numbers = [before.ticket.pk for before in behind]
    least = min(read.get(number, 0) for number in numbers)
    written = Entry.objects.filter(ticket__in=numbers, seq__gt=least, verb__in=WRITTEN)
    written = written.exclude(actor=person).order_by()
    return dict(written.values_list("ticket").annotate(Max("seq")))


def _acknowledge(befores: Sequence[Before]) -> None:
    """Whoever acts on what was addressed to him has seen it, and need not say so."""
    ties = [before.relation.participant for before in befores]
    unseen = [
        tie.pk
        for tie in ties
        if tie is not None and tie.is_addressee and tie.acknowledged_at is None
    ]
    if unseen:
        Participant.objects.filter(pk__in=unseen, is_addressee=True, acknowledged_at=None).update(
            acknowledged_at=clock.now()
        )
