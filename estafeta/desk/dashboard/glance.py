"""For bosses: what their people have in hand, how their departments stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from estafeta.accounts.models import Department, Person
from estafeta.desk.navigation import my_departments
from estafeta.tickets.lists import workday
from estafeta.tickets.lists.counters import open_of
from estafeta.tickets.statuses import Status

if TYPE_CHECKING:
    from estafeta.tickets.lists.counters import Counters

MOST_PEOPLE = 14
MOST_DEPARTMENTS = 30


@dataclass(frozen=True)
class PersonLoad:
    """One of the boss's people."""

    person: Person
    held: int
    waiting: int
    late: int


@dataclass(frozen=True)
class DepartmentLoad:
    """One department."""

    department: Department
    is_deep: bool
    free: int
    working: int
    waiting: int
    review: int
    late: int

    @property
    def open(self) -> int:
        """All that somebody has to do something about."""
        return self.free + self.working + self.waiting + self.review


def people(counters: Counters) -> list[PersonLoad]:
    """The load of a head's people, the heaviest first; also those who have nothing."""
    headed = counters.person.standing.headed
    if not headed:
        return []
    burdens = workday.burdens(headed)
    rows = Person.objects.members_of(sorted(headed)).only("name", "photo")
    loads = [_person_load(row, burdens.get(row.pk)) for row in rows]
    return sorted(loads, key=lambda load: -load.held)[:MOST_PEOPLE]


def departments(counters: Counters) -> list[DepartmentLoad]:
    """What the dashboard has room for; a single department stands in the menu already."""
    rows = all_departments(counters)
    if len(rows) < 2 and not counters.person.standing.is_director:
        return []
    return rows[:MOST_DEPARTMENTS]


def all_departments(counters: Counters) -> list[DepartmentLoad]:
    """For directors all departments, for others those that are theirs."""
    rows = my_departments(counters.person)
    mine = [row for row in rows if row.is_active or open_of(counters.amounts(row.pk))]
    return [_department_load(row, counters) for row in mine]


def _person_load(person: Person, burden: workday.Burden | None) -> PersonLoad:
    if burden is None:
        return PersonLoad(person, 0, 0, 0)
    return PersonLoad(person, burden.held, burden.waiting, burden.late)


def _department_load(department: Department, counters: Counters) -> DepartmentLoad:
    amounts = counters.amounts(department.pk)
    return DepartmentLoad(
        department=department,
        is_deep=department.depth > 0,
        free=amounts[Status.NEW],
        working=amounts[Status.IN_PROGRESS],
        waiting=amounts[Status.WAITING],
        review=amounts[Status.REVIEW],
        late=counters.late_by_department.get(department.pk, 0),
    )
