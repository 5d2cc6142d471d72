"""Departments."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from estafeta.accounts.models import Department
from estafeta.accounts.models.department import AssignmentMode, HandOverMode, Unanswered
from estafeta.api.schemas.administration.base import Change, Line, Name, Switch, Versioned, left_out
from estafeta.api.schemas.base import Body, Id, Named, Out
from estafeta.api.schemas.tickets import maybe

Hours = Annotated[int, Field(ge=0, le=10_000, strict=True)]


class MemberOut(Named):
    """Somebody who belongs to a department."""

    is_head: bool


class ManagedDepartment(Versioned):
    """A node of the tree with everything that is set for it."""

    counted: ClassVar[frozenset[str]] = frozenset({"open_tickets"})

    id: int
    name: str
    parent: int | None = Field(description="Id of the department above; null: at the top")
    depth: int
    prefix: str = Field(description="Its own; empty: that of the department above")
    is_active: bool = Field(description="Closed departments take no tickets")
    is_hidden: bool = Field(description="Not offered to people outside of it")
    assignment_mode: AssignmentMode
    hand_over_mode: HandOverMode
    hand_over_hours: int
    hand_over_unanswered: Unanswered
    merged_into: Named | None
    members: list[MemberOut] = Field(description="Active people, heads first")
    open_tickets: int

    @classmethod
    def of(cls, row: Department, open_tickets: int) -> ManagedDepartment:
        """Expects memberships with their people, and `merged_into`, to be loaded."""
        rows = [one for one in row.memberships.all() if one.person.is_active]
        rows.sort(key=lambda one: (not one.is_head, one.person.name, one.pk))
        return cls(
            id=row.pk, name=row.name, parent=row.parent_id, depth=row.depth, prefix=row.prefix,
            is_active=row.is_active, is_hidden=row.is_hidden,
            assignment_mode=AssignmentMode(row.assignment_mode),
            hand_over_mode=HandOverMode(row.hand_over_mode), hand_over_hours=row.hand_over_hours,
            hand_over_unanswered=Unanswered(row.hand_over_unanswered),
            merged_into=maybe(row.merged_into), open_tickets=open_tickets,
            members=[
                MemberOut(id=one.person_id, name=one.person.name, is_head=one.is_head)
                for one in rows
            ],
        )  # fmt: skip


class ManagedDepartments(Out):
    """The whole tree, parents before children, siblings in their order."""

    departments: list[ManagedDepartment]


class DepartmentChange(Change):
    """How a department is called, where it stands, and how work comes to it."""

    name: Name = left_out(examples=["Network"])
    parent: Id | None = left_out(description="Null: at the top")
    prefix: Line = left_out(description="Of ticket numbers: IT gives IT-2417", examples=["NET"])
    is_hidden: Switch = left_out(description="Others cannot choose it for a ticket")
    assignment_mode: AssignmentMode = left_out(description="Who gets new tickets")
    hand_over_mode: HandOverMode = left_out(description="What becomes of tickets handed over to it")
    hand_over_hours: Hours = left_out(description="To accept or decline", examples=[24])
    hand_over_unanswered: Unanswered = left_out(description="Where it goes that nobody answered")


class DepartmentBody(DepartmentChange):
    """A new department."""

    name: Name = Field(examples=["Network"])


class MemberBody(Body):
    """What somebody is in a department."""

    person: Id
    role: Literal["head", "member", "none"] = Field(
        description="`head`, `member`, or `none`: belongs to it no longer", examples=["member"]
    )
