"""What the verbs take that tie people and tickets to a ticket, or make parts of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from estafeta.api.schemas.base import Body, Id, LongText, Moment, Named, Out, People, Reason
from estafeta.api.schemas.tickets import PriorityName
from estafeta.tickets.models import LinkWord, Ticket
from estafeta.tickets.statuses import Status

Title = Annotated[str, Field(min_length=1, max_length=250)]
Tags = Annotated[list[str], Field(max_length=100)]
Seen = Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)]


class Relating(Body):
    """As with every verb."""

    seen: Seen | None = Field(None, description="`journal_length` when you looked")


class FollowBody(Relating):
    """Who follows it from now on."""

    people: People = Field([], description="Nobody: you yourself; others can be added by agents")


class UnfollowBody(Relating):
    """Who hears no more of it."""

    person: Id | None = Field(None, description="Null: you yourself")


class TagBody(Relating):
    """Tags to hang on and to take off; those that nobody has used yet are made."""

    add: Tags = []
    remove: Tags = []


class LinkBody(Relating):
    """The number of the other ticket, and what this one is to it."""

    other: Id
    kind: LinkWord


class MergeBody(Relating):
    """The number of the ticket in which this one goes on."""

    other: Id
    reason: Reason = ""


class SplitBody(Relating):
    """The comment that becomes a ticket."""

    comment: Id
    title: Title
    department: Id | None = Field(None, description="Null: where this ticket is")
    people: People = []
    requester: Id | None = Field(None, description="Null: whoever wrote the comment")


class SubtaskBody(Relating):
    """The part that becomes a ticket."""

    title: Title
    text: LongText = Field("", description="Markdown")
    department: Id | None = Field(None, description="Null: where this ticket is")
    people: People = []
    deadline: Moment | None = None
    priority: PriorityName | None = Field(None, description="Null: that of this ticket")


class WholeBody(Relating):
    """The number of the ticket of which this one is a sub-ticket."""

    other: Id


class Neighbour(Out):
    """Another ticket."""

    number: int
    title: str
    status: Status

    @classmethod
    def of(cls, ticket: Ticket) -> Neighbour:
        """One that the reader sees."""
        return cls(number=ticket.pk, title=ticket.title, status=Status(ticket.status))


class LinkOut(Out):
    """What this ticket is to another."""

    kind: LinkWord
    ticket: Neighbour


class RelationsOut(Out):
    """What belongs to a ticket, as far as the reader sees it."""

    tags: list[str]
    followers: list[Named]
    links: list[LinkOut]
    part_of: Neighbour | None
    subtasks: list[Neighbour]
    open_subtasks: int = Field(description="Also of those that you do not see")
    all_subtasks: int
    merged_into: Neighbour | None = Field(description="Where it goes on")
    merged: list[Neighbour] = Field(description="Those that go on in this one")


class TagsOut(Out):
    """Names of tags."""

    tags: list[str]
