"""What a person is in the organisation, as plain data that rules can be asked with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


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
        from estafeta.accounts.models import Department

        memberships = list(person.memberships.select_related("department"))
        heads = [row.department for row in memberships if row.is_head]
        headed = (
            Department.objects.below(heads).values_list("pk", flat=True)
            if heads
            else ()
        )
        return cls(
            person=person.pk,
            is_active=person.is_active,
            is_director=person.is_director,
            is_administrator=person.is_administrator,
            member_of=frozenset(row.department_id for row in memberships),
            headed=frozenset(headed),
            led_organisation=person.organisation_id if person.is_lead else None,
        )
