"""What waits for a person now: the tickets of his dashboard, found along indexes of open tickets."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q

from estafeta.accounts.models import Membership
from estafeta.lib import clock
from estafeta.lib.prepared import Prepared
from estafeta.tickets.lists.paging import numbers_of
from estafeta.tickets.models import Acceptance, Ticket, WaitFor
from estafeta.tickets.queries import (
    acceptance_of,
    agreement_of,
    answer_of,
    offer_to,
    unindexed,
)
from estafeta.tickets.statuses import Status

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.lists.counters import Counters
    from estafeta.tickets.queries import TicketQuerySet

MOST_MINE = 10
MOST = 6
"""Of each other kind."""
SEVERAL = 16
"""Departments, each looked up in its index; more are met on the way along the order."""


@dataclass(frozen=True)
class Workday:
    """Every ticket stands in one place only, the first that fits."""

    mine: list[Ticket]
    to_receive: list[Ticket]
    """Handed over to a department of his that may accept or decline."""
    to_accept: list[Ticket]
    to_agree: list[Ticket]
    """With a deadline that somebody else proposes."""
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
    values = _places(counters) | {"person": person.pk, "chosen": sorted(mine | waiting | called)}
    pile = _Pile(_FOUND(**values))
    inbox, departments = counters.inbox_departments, person.standing.departments
    return Workday(
        mine=pile.take(lambda t: t.pk in mine, by=lambda t: (t.due, t.pk)),
        to_receive=pile.take(
            lambda t: t.offered_until is not None and t.department_id in departments,
            by=lambda t: (t.offered_until, t.pk),
        ),
        to_accept=pile.take(lambda t: _accepts(person, t), by=lambda t: t.pk),
        to_agree=pile.take(lambda t: _agrees(person, t), by=lambda t: t.pk),
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


def _places(counters: Counters) -> dict[str, Any]:
    """Where to look: departments that have something free, or late, or are the person's to lead."""
    free, late = [], []
    for pk in counters.inbox_departments:
        if counters.amounts(pk)[Status.NEW]:
            free.append(pk)
        if counters.late_by_department.get(pk):
            late.append(pk)
    places: dict[str, Any] = {"free": sorted(free), "late": sorted(late)}
    places["headed"] = sorted(counters.person.standing.headed)
    places["own"] = sorted(counters.person.standing.departments)
    found = {name: value for name, value in places.items() if value}
    return found | ({"now": counters.now} if late else {})


def _found(
    *,
    person: int,
    chosen: list[int],
    free: list[int] | None = None,
    late: list[int] | None = None,
    headed: list[int] | None = None,
    own: list[int] | None = None,
    now: datetime | None = None,
) -> TicketQuerySet:
    asked = Q(author=person) | Q(requester=person)
    choices = [
        Ticket.objects.filter(pk__in=chosen),
        Ticket.objects.filter(acceptance_of(person, headed or ())).order_by("number")[:MOST],
        Ticket.objects.filter(answer_of(person)).order_by("number")[:MOST],
        Ticket.objects.open().filter(agreement_of(person, headed or ())).order_by("number")[:MOST],
        Ticket.objects.open().filter(asked).order_by("-number")[: 2 * MOST],
    ]
    if own:
        offered = Ticket.objects.open().filter(offer_to(own))
        choices.append(offered.order_by("offered_until", "number")[:MOST])
    if free:
        there = Q(department__in=free)
        # Of so many departments the first six are met soon; each department's own index would give
        # all of them to be sorted.
        tickets = Ticket.objects.free().filter(unindexed(there) if len(free) > SEVERAL else there)
        choices.append(tickets.order_by("-priority", "due", "number")[:MOST])
    if late and now:
        tickets = Ticket.objects.late(now).filter(department__in=late)
        choices.append(tickets.order_by("due", "number")[: MOST + MOST_MINE])
    found = Ticket.objects.filter(pk__in=numbers_of(choices)).defer("text", "text_html")
    return found.annotate(proposed_by=F("pending_deadline__by"))


_FOUND: Prepared[Ticket] = Prepared(_found)


def _accepts(person: Person, ticket: Ticket) -> bool:
    if ticket.status != Status.REVIEW:
        return False
    if ticket.acceptance == Acceptance.HEAD:
        return ticket.department_id in person.standing.headed
    return ticket.acceptance == Acceptance.AUTHOR and person.pk in (
        ticket.author_id,
        ticket.requester_id,
    )


def _agrees(person: Person, ticket: Any) -> bool:
    if ticket.proposed_by in (None, person.pk):
        return False
    asked = person.pk in (ticket.author_id, ticket.requester_id)
    return asked or ticket.department_id in person.standing.headed
