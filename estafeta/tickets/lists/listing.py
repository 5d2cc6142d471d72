"""The lists there are: what each holds for a person, as one rule and as branches to page through."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from estafeta.tickets import queries, visibility
from estafeta.tickets.models import Participant, Ticket
from estafeta.tickets.statuses import Status

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.queries import TicketQuerySet


class Content(NamedTuple):
    """A choice of tickets, and who may see which (`rule`).

    The union of `branches` is the same as `rule`; there are none where the rule is true of all.
    """

    tickets: TicketQuerySet
    rule: Q
    branches: tuple[Q, ...]
    is_wide: bool = False
    """Whether it reaches into the archives of departments."""


class Listing:
    """A list by its name; its content is put together when somebody asks, for mostly nobody does."""

    def __init__(self, name: str, content: Callable[[], Content]) -> None:
        self.name, self._content = name, content

    @cached_property
    def content(self) -> Content:
        """What it holds."""
        return self._content()

    @property
    def tickets(self) -> TicketQuerySet:
        """Of the content."""
        return self.content.tickets

    @property
    def rule(self) -> Q:
        """Of the content."""
        return self.content.rule

    @property
    def branches(self) -> tuple[Q, ...]:
        """Of the content."""
        return self.content.branches

    @property
    def is_wide(self) -> bool:
        """Of the content."""
        return self.content.is_wide

    def everything(self) -> TicketQuerySet:
        """All of it, unpaged."""
        return self.tickets.filter(self.rule)

    def whole_department(self, department: int) -> bool:
        """Whether it holds every ticket of the department that passes its own choice."""
        return Q(department_id=department) in self.branches or not self.rule


def inbox(person: Person) -> Listing:
    """Not archived, addressed to the person or to his departments."""
    return Listing("inbox", partial(_inbox, person))


def _inbox(person: Person) -> Content:
    standing, tickets = person.standing, Ticket.objects.current()
    if standing.is_director and not standing.departments:
        return Content(tickets, Q(), ())
    by_name = Participant.objects.filter(person=person, is_current=True, finished_at=None).filter(
        Q(is_addressee=True) | Q(is_performer=True)
    )
    branches = [Q(department_id=pk) for pk in sorted(standing.departments)]
    branches.append(Q(pk__in=by_name.values("ticket")))
    return Content(tickets, queries.inbox_of(person), tuple(branches))


def sent(person: Person) -> Listing:
    """Written by the person or recorded for him."""
    mine = (Q(author=person), Q(requester=person))
    return Listing("sent", lambda: Content(Ticket.objects.all(), mine[0] | mine[1], mine))


def archive(person: Person) -> Listing:
    """What the person may see of the archive."""
    is_archived = queries.unindexed(Q(status=Status.ARCHIVED))
    return Listing("archive", lambda: _visible(Ticket.objects.filter(is_archived), person))


def following(person: Person) -> Listing:
    """What the person follows, as long as it is not in the archive."""
    return Listing("following", partial(_following, person))


def _following(person: Person) -> Content:
    mine = Participant.objects.filter(person=person, is_current=True, is_follower=True)
    tickets = Ticket.objects.current().filter(pk__in=mine.order_by().values("ticket"))
    return Content(tickets, visibility.visible(person.standing), ())


def everything(person: Person) -> Listing:
    """All the person may see."""
    return Listing("all", lambda: _visible(Ticket.objects.all(), person))


def department(person: Person, pk: int) -> Listing:
    """Not archived and addressed to one department, as far as the person may see it."""
    return Listing(f"{_OF_DEPARTMENT}{pk}", partial(_department, person, pk))


def _department(person: Person, pk: int) -> Content:
    tickets = Ticket.objects.current().filter(department=pk)
    if visibility.sees_all(person.standing) or pk in person.standing.departments:
        return Content(tickets, Q(), (Q(department_id=pk),))
    return _visible(tickets, person)


def nothing() -> Listing:
    """No ticket at all: nothing was asked for."""
    return Listing("nothing", lambda: Content(Ticket.objects.none(), Q(), ()))


COMMON = {"inbox": inbox, "sent": sent, "archive": archive, "all": everything}
"""Those that are asked for most."""
LISTS = {**COMMON, "following": following}
"""By the names that addresses and the API use."""
_OF_DEPARTMENT = "department-"


def named(person: Person, name: str) -> Listing | None:
    """The list of this name; a department's is called `department-3`."""
    if name.startswith(_OF_DEPARTMENT) and name.removeprefix(_OF_DEPARTMENT).isascii():
        number = name.removeprefix(_OF_DEPARTMENT)
        return department(person, int(number)) if number.isdigit() and len(number) < 19 else None
    return LISTS[name](person) if name in LISTS else None


def _visible(tickets: TicketQuerySet, person: Person) -> Content:
    rule = visibility.visible(person.standing)
    branches = tuple(visibility.branches(person.standing)) if rule else ()
    return Content(tickets, rule, branches, is_wide=True)
