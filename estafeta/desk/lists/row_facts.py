"""What the rows of a page have in common, loaded at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from estafeta.accounts.models import Department, Person
from estafeta.tickets.models import Hold, Participant, ReadMark, Ticket


@dataclass(frozen=True)
class RowFacts:
    """By ticket: stretches of the relay, ties, how far the reader has read. By id: who and where."""

    reader: Person
    holds: dict[int, list[Hold]]
    ties: dict[int, list[Participant]]
    read_to: dict[int, int]
    people: dict[int, Person]
    departments: dict[int, Department]

    @classmethod
    def of(cls, tickets: Sequence[Ticket], reader: Person) -> RowFacts:
        """Five queries."""
        numbers = [ticket.pk for ticket in tickets]
        holds = _holds(numbers)
        stretches = [hold for held in holds.values() for hold in held]
        people = _people(tickets, stretches)
        departments = _departments(tickets, stretches)
        for hold in stretches:
            hold.person = people[hold.person_id] if hold.person_id else None
            hold.department = departments[hold.department_id]
        marks = ReadMark.objects.filter(person=reader, ticket__in=numbers)
        return cls(
            reader=reader,
            holds=holds,
            ties=_ties(numbers, reader),
            read_to=dict(marks.values_list("ticket", "seq")),
            people=people,
            departments=departments,
        )


def _holds(numbers: Sequence[int]) -> dict[int, list[Hold]]:
    found: dict[int, list[Hold]] = {}
    for hold in Hold.objects.filter(ticket__in=numbers).order_by("pk"):
        found.setdefault(hold.ticket_id, []).append(hold)
    return found


def _ties(numbers: Sequence[int], reader: Person) -> dict[int, list[Participant]]:
    """The reader's own and those of performers: an address of two hundred is not loaded."""
    found: dict[int, list[Participant]] = {}
    wanted = Q(person=reader) | Q(is_performer=True)
    for tie in Participant.objects.filter(wanted, ticket__in=numbers):
        found.setdefault(tie.ticket_id, []).append(tie)
    return found


def _people(tickets: Sequence[Ticket], stretches: Sequence[Hold]) -> dict[int, Person]:
    wanted = {hold.person_id for hold in stretches}
    for ticket in tickets:
        wanted |= {ticket.performer_id, ticket.requester_id}
    rows = Person.objects.select_related("organisation").only(
        "name", "photo", "room", "organisation__name"
    )
    return rows.in_bulk(sorted(pk for pk in wanted if pk))


def _departments(tickets: Sequence[Ticket], stretches: Sequence[Hold]) -> dict[int, Department]:
    wanted = {hold.department_id for hold in stretches}
    for ticket in tickets:
        wanted |= {ticket.department_id, ticket.author_department_id or 0}
    return Department.objects.only("name").in_bulk(sorted(wanted - {0}))
