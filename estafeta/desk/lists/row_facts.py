"""What the rows of a page have in common, loaded at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q

from estafeta.accounts import tree
from estafeta.accounts.models import Department, Person
from estafeta.desk import relay
from estafeta.lib import clock
from estafeta.lib.prepared import Prepared
from estafeta.tickets.models import Entry, Hold, Participant, Priority, ReadMark, Ticket
from estafeta.tickets.statuses import Status

Stretch = tuple[int, int | None, datetime, datetime | None]


@dataclass(frozen=True)
class RowFacts:
    """By ticket: its relay, ties, how far the reader has read. By id: who and where."""

    reader: Person
    relays: dict[int, list[relay.Part]]
    ties: dict[int, list[Participant]]
    read_to: dict[int, int]
    lengths: dict[int, int]
    """The last entry of each journal that the reader may read: a note is nothing new to a client."""
    people: dict[int, Person]
    departments: dict[int, Department]
    statuses: dict[str, str]
    priorities: dict[int, str]
    """Labels in the reader's language, looked up once for all rows."""

    @classmethod
    def of(cls, tickets: Sequence[Ticket], reader: Person) -> RowFacts:
        """Four queries, and one more for whoever reads no notes."""
        numbers = [ticket.pk for ticket in tickets]
        stretches = _HOLDS(tickets=numbers)
        people = _people(tickets, [person for _ticket, person, _since, _until in stretches])
        return cls(
            reader=reader,
            relays=_relays(stretches, people),
            ties=_ties(numbers, reader),
            read_to=dict(_MARKS(tickets=numbers, reader=reader.pk)),
            lengths={t.pk: t.journal_length for t in tickets}
            if reader.is_agent
            else dict(_LENGTHS(tickets=numbers)),
            people=people,
            departments=tree.by_id(
                {t.department_id for t in tickets}
                | {t.author_department_id for t in tickets if t.author_department_id}
            ),
            statuses={status.value: str(status.label) for status in Status},
            priorities={priority.value: str(priority.label) for priority in Priority},
        )


def _relays(stretches: Sequence[Stretch], people: dict[int, Person]) -> dict[int, list[relay.Part]]:
    """The bars of all rows; a thin bar tells no reasons."""
    now = clock.now()
    found: dict[int, list[relay.Part]] = {}
    for ticket, person, since, until in stretches:
        part = relay.part(people[person] if person else None, since, until, now)
        found.setdefault(ticket, []).append(part)
    return found


def _ties(numbers: Sequence[int], reader: Person) -> dict[int, list[Participant]]:
    """The reader's own and those of performers: an address of two hundred is not loaded."""
    found: dict[int, list[Participant]] = {}
    for tie in _TIES(tickets=numbers, reader=reader.pk):
        found.setdefault(tie.ticket_id, []).append(tie)
    return found


def _people(tickets: Sequence[Ticket], holders: Sequence[int | None]) -> dict[int, Person]:
    wanted = set(holders)
    for ticket in tickets:
        wanted |= {ticket.performer_id, ticket.requester_id}
    return {person.pk: person for person in _PEOPLE(people=sorted(pk for pk in wanted if pk))}


def _all_people(people: list[int]) -> Any:
    rows = Person.objects.filter(pk__in=people).select_related("organisation").order_by()
    return rows.only("name", "photo", "room", "organisation__name")


def _all_holds(tickets: list[int]) -> Any:
    rows = Hold.objects.filter(ticket__in=tickets).order_by("pk")
    return rows.values_list("ticket", "person", "since", "until")


def _all_ties(tickets: list[int], reader: int) -> Any:
    wanted = Q(person=reader) | Q(is_performer=True)
    return Participant.objects.filter(wanted, ticket__in=tickets)


def _all_marks(tickets: list[int], reader: int) -> Any:
    rows = ReadMark.objects.filter(person=reader, ticket__in=tickets)
    return rows.values_list("ticket", "seq")


def _all_lengths(tickets: list[int]) -> Any:
    rows = Entry.objects.filter(ticket__in=tickets).without_notes().order_by()
    return rows.values_list("ticket").annotate(Max("seq"))


_PEOPLE, _HOLDS = Prepared(_all_people), Prepared(_all_holds)
_TIES, _MARKS = Prepared(_all_ties), Prepared(_all_marks)
_LENGTHS = Prepared(_all_lengths)
