"""Topics and what follows from them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from estafeta.accounts.models.department import AssignmentMode
from estafeta.api.schemas.administration.base import Change, Name, Switch, Versioned, left_out
from estafeta.api.schemas.base import Id, Named, Out
from estafeta.api.schemas.tickets import PriorityName, a_name, maybe
from estafeta.tickets.models import Acceptance, Evidence, Priority, Topic


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
