"""What waits for a person now: the tickets of his dashboard, found along indexes of open tickets."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from estafeta.accounts.models import Membership
from estafeta.lib import clock
from estafeta.tickets.models import Acceptance, Ticket, WaitFor
from estafeta.tickets.paging import numbers_of
from estafeta.tickets.statuses import Status

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.counters import Counters
    from estafeta.tickets.queries import TicketQuerySet

MOST_MINE = 10
MOST = 6
"""Of each other kind."""


@dataclass(frozen=True)
class Workday:
    """Every ticket stands in one place only, the first that fits."""

    mine: list[Ticket]
    to_accept: list[Ticket]
    to_answer: list[Ticket]
    late: list[Ticket]
    free: list[Ticket]
    waiting: list[Ticket]
    sent: list[Ticket]


@dataclass(frozen=True)
class Burden:
    """What one performer has in hand."""

    person: int
    held: int
    waiting: int
    late: int


def workday_of(counters: Counters) -> Workday:
    """One query, whoever asks and however much there is."""
    person = counters.person
    in_hand = [own for own in counters.own if own.performs]
    mine = _first(in_hand, Status.IN_PROGRESS, MOST_MINE)
    waiting = _first(in_hand, Status.WAITING, MOST)
    called = _first((own for own in counters.own if not own.performs), Status.NEW, MOST)
    choices = [
        *_of_departments(counters, MOST + len(mine)),
        Ticket.objects.filter(pk__in=mine | waiting | called),
        Ticket.objects.to_be_accepted_by(person).order_by("number")[:MOST],
        Ticket.objects.to_be_answered_by(person).order_by("number")[:MOST],
        Ticket.objects.open().filter(_asked_by(person)).order_by("-number")[: 2 * MOST],
    ]
    found = Ticket.objects.filter(pk__in=numbers_of(choices)).defer("text", "text_html")
    pile = _Pile(found)
    inbox = counters.inbox_departments
    return Workday(
        mine=pile.take(lambda t: t.pk in mine, by=lambda t: (t.due, t.pk)),
        to_accept=pile.take(lambda t: _accepts(person, t), by=lambda t: t.pk),
        to_answer=pile.take(
            lambda t: t.wait_for == WaitFor.REQUESTER and t.requester_id == person.pk,
            by=lambda t: t.pk,
        ),
        late=pile.take(
            lambda t: t.is_late and t.department_id in inbox,
            by=lambda t: (t.due, t.pk),
        )[:MOST],
        free=pile.take(
            lambda t: t.status == Status.NEW and (t.department_id in inbox or t.pk in called),
            by=lambda t: (-t.priority, t.due, t.pk),
        )[:MOST],
        waiting=pile.take(lambda t: t.pk in waiting, by=lambda t: (t.due, t.pk)),
        sent=pile.take(lambda t: person.pk in (t.author_id, t.requester_id), by=lambda t: -t.pk),
    )


def burdens(departments: frozenset[int]) -> dict[int, Burden]:
    """Person -> what he has in hand, for the members of these departments; one query."""
    members = Membership.objects.filter(department__in=sorted(departments)).order_by()
    rows = (
        Ticket.objects.filter(performer__in=members.values("person"))
        .filter(status__in=(Status.IN_PROGRESS, Status.WAITING))
        .order_by()
        .values_list("performer")
        .annotate(
            held=Count("pk"),
            waiting=Count("pk", filter=Q(status=Status.WAITING)),
            late=Count("pk", filter=Q(due__lt=clock.now())),
        )
    )
    return {row[0]: Burden(*row) for row in rows}


class _Pile:
    """Tickets to be dealt out, each once."""

    def __init__(self, tickets: Iterable[Ticket]) -> None:
        self.left = list(tickets)

    def take(self, fits: Callable[[Ticket], bool], by: Callable[[Ticket], Any]) -> list[Ticket]:
        taken = [ticket for ticket in self.left if fits(ticket)]
        self.left = [ticket for ticket in self.left if ticket not in taken]
        return sorted(taken, key=by)


def _first(own: Iterable[Any], status: str, most: int) -> set[int]:
    rows = sorted((row.due, row.number) for row in own if row.status == status)
    return {number for _due, number in rows[:most]}


def _of_departments(counters: Counters, most_late: int) -> list[TicketQuerySet]:
    free, late = [], []
    for pk in counters.inbox_departments:
        if counters.amounts(pk)[Status.NEW]:
            free.append(pk)
        if counters.late_by_department.get(pk):
            late.append(pk)
    choices = []
    if free:
        tickets = Ticket.objects.free().filter(department__in=sorted(free))
        choices.append(tickets.order_by("-priority", "due", "number")[:MOST])
    if late:
        tickets = Ticket.objects.late(counters.now).filter(department__in=sorted(late))
        choices.append(tickets.order_by("due", "number")[:most_late])
    return choices


def _asked_by(person: Person) -> Q:
    return Q(author=person) | Q(requester=person)


def _accepts(person: Person, ticket: Ticket) -> bool:
    if ticket.status != Status.REVIEW:
        return False
    if ticket.acceptance == Acceptance.HEAD:
        return ticket.department_id in person.standing.headed
    return ticket.acceptance == Acceptance.AUTHOR and person.pk in (
        ticket.author_id,
        ticket.requester_id,
    )
