"""How much there is for a person, without counting the tickets of an organisation.

What departments have is read from the kept tallies; what is late from the end of an index; what is
a person's own from his ties to what is not archived. None of it grows with the archive.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from estafeta.lib import clock
from estafeta.lib.prepared import Prepared
from estafeta.tickets.lists import tallies
from estafeta.tickets.models import Acceptance, Participant, Ticket
from estafeta.tickets.statuses import OPEN_STATUSES, Status

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.queries import TicketQuerySet

DENSE = 5000
"""With so many tickets in his departments, a walk along any order soon meets one a person sees."""
WORKING = (Status.IN_PROGRESS, Status.WAITING)


@dataclass(frozen=True)
class Own:
    """An open ticket that concerns the person by name."""

    number: int
    status: str
    department: int
    due: datetime
    performs: bool


class Tie(NamedTuple):
    """What open tickets that concern a person by name have in common, where they are only counted."""

    status: str
    department: int
    performs: bool
    is_late: bool


@dataclass(frozen=True)
class Load:
    """The numbers above a list."""

    open: int
    free: int
    mine: int
    others: int
    review: int
    late: int


class Counters:
    """The numbers of one person; each source is asked once and only when needed."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.now = clock.now()

    @property
    def inbox_departments(self) -> Collection[int]:
        """Whose tickets are in the inbox: of a director outside of all departments, everybody's."""
        standing = self.person.standing
        if standing.is_director and not standing.departments:
            return self.by_department.keys()
        return standing.departments

    @cached_property
    def by_department(self) -> dict[int, Counter[str]]:
        """Department -> status -> amount: of the person's own departments, or of all."""
        standing = self.person.standing
        if standing.is_director:
            return tallies.by_department()
        return tallies.by_department(standing.departments) if standing.departments else {}

    def amounts(self, department: int) -> Counter[str]:
        """Status -> amount of one department."""
        return self.by_department.get(department, Counter())

    @cached_property
    def late_by_department(self) -> dict[int, int]:
        """Department -> open tickets after their deadline."""
        busy = [pk for pk, amounts in self.by_department.items() if open_of(amounts)]
        if not busy:
            return {}
        return dict(_LATE(now=self.now, departments=sorted(busy)))

    @cached_property
    def own(self) -> list[Own]:
        """Open tickets that the person performs or is addressed by name, unless his part is done."""
        return [Own(*row) for row in _OWN(person=self.person.pk)]

    @cached_property
    def ties(self) -> Counter[Tie]:
        """How many of `own` there are of each kind: somebody may have thousands."""
        if "own" in self.__dict__:
            return Counter(
                Tie(own.status, own.department, own.performs, own.due < self.now)
                for own in self.own
            )
        rows = _TIES(person=self.person.pk, now=self.now)
        return Counter({Tie(*kind): amount for *kind, amount in rows})

    @cached_property
    def _asked(self) -> Counter[tuple[str, str]]:
        """(status, acceptance) -> open tickets the person wrote or that were recorded for him."""
        found: Counter[tuple[str, str]] = Counter()
        for status, acceptance, amount in _ASKED(person=self.person.pk):
            found[status, acceptance] += amount
        return found

    @cached_property
    def sent(self) -> Counter[str]:
        """Open tickets the person wrote or that were recorded for him, by status."""
        found: Counter[str] = Counter()
        for (status, _acceptance), amount in self._asked.items():
            found[status] += amount
        return found

    @cached_property
    def to_accept(self) -> int:
        """Finished work that waits for the person to accept it."""
        own = self._asked[Status.REVIEW, Acceptance.AUTHOR]
        headed = self.person.standing.headed
        if not any(self.amounts(pk)[Status.REVIEW] for pk in headed):
            return own
        others = Ticket.objects.filter(status=Status.REVIEW, department__in=sorted(headed))
        return own + others.filter(acceptance=Acceptance.HEAD).count()

    @cached_property
    def inbox(self) -> Load:
        """Of everything addressed to the person and to the departments he belongs to or heads."""
        departments = self.inbox_departments
        elsewhere = {
            tie: amount for tie, amount in self.ties.items() if tie.department not in departments
        }
        return self._load(departments, Counter(elsewhere))

    def department(self, department: int) -> Load:
        """Of one department of the person's."""
        return self._load({department}, Counter())

    def _load(self, departments: Collection[int], elsewhere: Counter[Tie]) -> Load:
        amounts: Counter[str] = Counter()
        for tie, amount in elsewhere.items():
            amounts[tie.status] += amount
        for pk in departments:
            amounts.update(self.amounts(pk))
        mine = sum(
            amount
            for tie, amount in self.ties.items()
            if tie.performs and tie.status in WORKING
            and (tie.department in departments or tie in elsewhere)
        )  # fmt: skip
        return Load(
            open=open_of(amounts),
            free=amounts[Status.NEW],
            mine=mine,
            others=max(sum(amounts[status] for status in WORKING) - mine, 0),
            review=amounts[Status.REVIEW],
            late=sum(self.late_by_department.get(pk, 0) for pk in departments)
            + sum(amount for tie, amount in elsewhere.items() if tie.is_late),
        )


def open_of(amounts: Counter[str]) -> int:
    """How many of these somebody still has to do something about."""
    return sum(amounts[status] for status in OPEN_STATUSES)


def _late(now: datetime, departments: list[int]) -> Any:
    late = Ticket.objects.late(now).filter(department__in=departments).order_by()
    return late.values_list("department").annotate(Count("pk"))


def _concerned(person: int) -> Any:
    mine = Participant.objects.filter(person=person, is_current=True, finished_at=None)
    named = mine.filter(Q(is_addressee=True) | Q(is_performer=True))
    return named.filter(ticket__status__in=OPEN_STATUSES).order_by()


def _own(person: int) -> Any:
    columns = ("ticket", "ticket__status", "ticket__department", "ticket__due", "is_performer")
    return _concerned(person).values_list(*columns)


def _ties(person: int, now: datetime) -> Any:
    is_late = ExpressionWrapper(Q(ticket__due__lt=now), output_field=BooleanField())
    kind = ("ticket__status", "ticket__department", "is_performer", "is_late")
    return _concerned(person).annotate(is_late=is_late).values_list(*kind).annotate(Count("pk"))


def _asked(person: int) -> Any:
    mine = Ticket.objects.filter(status__in=OPEN_STATUSES).order_by()
    by_others = mine.filter(requester=person).exclude(author=person)
    return _amounts(mine.filter(author=person)).union(_amounts(by_others), all=True)


def _amounts(tickets: TicketQuerySet) -> Any:
    return tickets.values_list("status", "acceptance").annotate(Count("pk"))


_LATE, _OWN, _TIES, _ASKED = Prepared(_late), Prepared(_own), Prepared(_ties), Prepared(_asked)
