"""Departments, topics, organisations, positions."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from estafeta.accounts.models import Department, Organisation, Position
from estafeta.accounts.models.department import AssignmentMode, HandOverMode, Unanswered
from estafeta.api.schemas.administration.base import Change, Line, Name, Switch, Versioned, left_out
from estafeta.api.schemas.base import Body, Id, LongText, Named, Out, Page
from estafeta.api.schemas.tickets import PriorityName, a_name, maybe
from estafeta.tickets.models import Acceptance, Evidence, Priority, Topic

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


class PlaceBody(Body):
    """Where something stands in its tree."""

    parent: Id | None = Field(None, description="Inside this one; null: at the top")
    before: Id | None = Field(None, description="Before this one of those there; null: after all")


class MemberBody(Body):
    """What somebody is in a department."""

    person: Id
    role: Literal["head", "member", "none"] = Field(
        description="`head`, `member`, or `none`: belongs to it no longer", examples=["member"]
    )


class ManagedTopic(Versioned):
    """A topic with what follows from it."""

    id: int
    name: str
    parent: int | None
    depth: int
    department: Named | None = Field(description="Who gets its tickets; null: the person chooses")
    performers: list[Named]
    priority: PriorityName
    assignment_mode: AssignmentMode | None = Field(description="Null: as the department does")
    acceptance: Acceptance
    evidence: list[Evidence]
    is_active: bool
    is_hidden: bool = Field(description="Only for staff")

    @classmethod
    def of(cls, row: Topic, depth: int) -> ManagedTopic:
        """Expects department and performers to be loaded."""
        return cls(
            id=row.pk, name=row.name, parent=row.parent_id, depth=depth,
            department=maybe(row.department),
            performers=[a_name(person) for person in row.performers.all()],
            priority=PriorityName[Priority(row.priority).name],
            assignment_mode=AssignmentMode(row.assignment_mode) if row.assignment_mode else None,
            acceptance=Acceptance(row.acceptance), is_active=row.is_active,
            evidence=[Evidence(kind) for kind in row.evidence], is_hidden=row.is_hidden,
        )  # fmt: skip


class ManagedTopics(Out):
    """The whole tree, parents before children, siblings in their order."""

    topics: list[ManagedTopic]


class TopicChange(Change):
    """A topic and what it fills into a new ticket."""

    name: Name = left_out(examples=["Printers"])
    parent: Id | None = left_out(description="Null: at the top")
    department: Id | None = left_out(description="Who gets its tickets")
    performers: Annotated[list[Id], Field(max_length=100)] = left_out(
        description="Ids of agents", examples=[[]]
    )
    priority: PriorityName = left_out(examples=["normal"])
    assignment_mode: AssignmentMode | None = left_out(description="Null: as the department does")
    acceptance: Acceptance = left_out(description="Who accepts the result")
    evidence: Annotated[list[Evidence], Field(max_length=10)] = left_out(
        description="What completion must carry", examples=[["photo"]]
    )
    is_active: Switch = left_out(description="Otherwise it is no longer offered")
    is_hidden: Switch = left_out(description="Clients are not offered it")


class TopicBody(TopicChange):
    """A new topic."""

    name: Name = Field(examples=["Printers"])


class ManagedOrganisation(Versioned):
    """An organisation whose people are clients."""

    counted: ClassVar[frozenset[str]] = frozenset({"people"})

    id: int
    name: str
    note: str
    is_active: bool = Field(description="Otherwise it is no longer offered for people")
    people: int = Field(description="Active people of it")

    @classmethod
    def of(cls, row: Organisation) -> ManagedOrganisation:
        """Expects `active_people` to be counted."""
        return cls(
            id=row.pk, name=row.name, note=row.note, is_active=row.is_active,
            people=row.active_people,  # type: ignore[attr-defined]
        )  # fmt: skip


class ManagedOrganisations(Page):
    """In the order of their ids."""

    organisations: list[ManagedOrganisation]


class OrganisationChange(Change):
    """What is known of an organisation."""

    name: Name = left_out(examples=["Alpha Ltd"])
    note: LongText = left_out(description="For those who administer")
    is_active: Switch = left_out()


class OrganisationBody(OrganisationChange):
    """A new organisation."""

    name: Name = Field(examples=["Alpha Ltd"])


class PositionOut(Versioned):
    """A name that is offered for positions."""

    counted: ClassVar[frozenset[str]] = frozenset({"people"})

    id: int
    name: str
    people: int = Field(description="Active people whose card has it")

    @classmethod
    def of(cls, row: Position) -> PositionOut:
        """Expects `cards` to be counted."""
        return cls(id=row.pk, name=row.name, people=row.cards)  # type: ignore[attr-defined]


class Positions(Page):
    """In the order of their ids."""

    positions: list[PositionOut]


class PositionBody(Body):
    """A name for a position."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120)] = Field(
        examples=["Accountant"]
    )


class Done(Out):
    """It is done; what is deleted is not there any more."""

    done: bool = True
