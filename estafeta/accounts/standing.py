"""What a person is in the organisation, as plain data that rules can be asked with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from estafeta.lib.prepared import Prepared

if TYPE_CHECKING:
    from estafeta.accounts.models import Department, Membership, Person


@dataclass(frozen=True)
class Standing:
    """Ids only; `headed` holds the departments below the headed ones too."""

    person: int
    is_active: bool
    is_director: bool
    is_administrator: bool
    member_of: frozenset[int]
    headed: frozenset[int]
    led_organisation: int | None

    @property
    def departments(self) -> frozenset[int]:
        """Departments whose tickets are this person's business."""
        return self.member_of | self.headed

    @property
    def is_agent(self) -> bool:
        """Staff: belongs to a department or directs."""
        return bool(self.member_of) or self.is_director

    @property
    def is_boss(self) -> bool:
        """Heads a department or directs."""
        return bool(self.headed) or self.is_director

    @classmethod
    def of(cls, person: Person) -> Standing:
        """Two queries at most: memberships, then the branches below headed departments."""
        return cls.of_all([person])[person.pk]

    @classmethod
    def of_all(cls, people: Iterable[Person]) -> dict[int, Standing]:
        """The same for many at once, by their ids, with as many queries as for one."""
        people = list(people)
        memberships: dict[int, list[Membership]] = {person.pk: [] for person in people}
        for row in _MEMBERSHIPS(people=list(memberships)):
            memberships[row.person_id].append(row)
        heads = {row.department for own in memberships.values() for row in own if row.is_head}
        paths = _paths_below(list(heads)) if heads else []
        return {
            person.pk: cls(
                person=person.pk,
                is_active=person.is_active,
                is_director=person.is_director,
                is_administrator=person.is_administrator,
                member_of=frozenset(row.department_id for row in memberships[person.pk]),
                headed=_below(memberships[person.pk], paths),
                led_organisation=person.organisation_id if person.is_lead else None,
            )
            for person in people
        }


def _memberships(people: list[int]) -> Any:
    from estafeta.accounts.models import Membership

    return Membership.objects.filter(person__in=people).select_related("department")


_MEMBERSHIPS = Prepared(_memberships)


def _paths_below(departments: list[Department]) -> list[tuple[int, str]]:
    from estafeta.accounts.models import Department

    return list(Department.objects.below(departments).values_list("pk", "path"))


def _below(own: Iterable[Membership], paths: Iterable[tuple[int, str]]) -> frozenset[int]:
    """Ids of what the person heads, from all the paths below anybody's headed departments."""
    roots = tuple(row.department.path for row in own if row.is_head)
    return frozenset(pk for pk, path in paths if path.startswith(roots)) if roots else frozenset()
