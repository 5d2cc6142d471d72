"""Tickets, their journal, comments and holds."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from estafeta.api.schemas.base import Named, Out, Page
from estafeta.tickets import phrases
from estafeta.tickets.models import (
    Acceptance,
    Entry,
    Evidence,
    Hold,
    Priority,
    Ticket,
    WaitFor,
)
from estafeta.tickets.models.ticket import NO_DEADLINE
from estafeta.tickets.statuses import Status
from estafeta.tickets.upkeep import silence
from estafeta.tickets.verbs import Verb


class PriorityName(StrEnum):
    """How urgent."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"

    @property
    def number(self) -> int:
        """As the domain keeps it."""
        return Priority[self.name].value


def a_name(row: Any) -> Named:
    """The reference to a person, department, organisation or topic."""
    return Named(id=row.pk, name=row.name)


def maybe(row: Any) -> Named | None:
    """The same for what may be absent."""
    return None if row is None else a_name(row)


class WaitOut(Out):
    """What a waiting ticket waits for."""

    wait_for: WaitFor
    reason: str
    until: datetime | None


class TicketOut(Out):
    """A ticket as a list shows it."""

    number: int
    label: str = Field(description="The number with the prefix of its department: IT-2417")
    title: str
    status: Status
    priority: PriorityName
    department: Named
    performer: Named | None = Field(description="Who holds the baton; null: nobody has taken it")
    author: Named = Field(description="Who wrote it")
    requester: Named = Field(description="Who asks")
    organisation: Named | None
    topic: Named | None
    acceptance: Acceptance
    accepted_at: datetime | None = Field(
        description="In review: when silence accepts the result; null: never"
    )
    evidence: list[Evidence] = Field(description="What completion must carry")
    separate: bool = Field(description="Each performer finishes separately")
    deadline: datetime | None
    original_deadline: datetime | None = Field(description="The first one anybody set")
    shifts: int = Field(description="How often the deadline was changed since")
    proposed_deadline: datetime | None = Field(description="Waits for `answer_deadline`")
    is_offered: bool = Field(description="The department has to accept or decline the hand-over")
    offered_until: datetime | None = Field(description="Until then; null: without a limit")
    is_late: bool
    is_due_soon: bool
    waits: WaitOut | None
    passes: int = Field(description="How often it was handed over")
    returns: int = Field(description="How often finished work came back")
    opened_at: datetime
    changed_at: datetime
    closed_at: datetime | None
    journal_length: int = Field(description="Send it as `seen` with a verb")

    @classmethod
    def of(cls, ticket: Ticket, **more: Any) -> Any:
        """Expects what `with_people` loads."""
        waits = None
        if ticket.wait_for:
            waits = WaitOut(
                wait_for=WaitFor(ticket.wait_for),
                reason=ticket.wait_reason,
                until=ticket.wait_until,
            )
        return cls(
            number=ticket.pk, label=ticket.written, title=ticket.title, status=Status(ticket.status),
            priority=PriorityName[Priority(ticket.priority).name],
            department=a_name(ticket.department), performer=maybe(ticket.performer),
            author=a_name(ticket.author), requester=a_name(ticket.requester),
            organisation=maybe(ticket.organisation), topic=maybe(ticket.topic),
            acceptance=Acceptance(ticket.acceptance), accepted_at=silence.accepted_at(ticket),
            evidence=[Evidence(kind) for kind in ticket.evidence], separate=ticket.is_separate,
            deadline=ticket.deadline, original_deadline=ticket.original_due, shifts=ticket.shifts,
            proposed_deadline=ticket.proposed_due, is_offered=ticket.offered_until is not None,
            offered_until=None if ticket.offered_until == NO_DEADLINE else ticket.offered_until,
            is_late=ticket.is_late, is_due_soon=ticket.is_due_soon, waits=waits,
            passes=ticket.passes, returns=ticket.returns, opened_at=ticket.opened_at,
            changed_at=ticket.changed_at, closed_at=ticket.closed_at,
            journal_length=ticket.journal_length, **more,
        )  # fmt: skip


class ParticipantOut(Out):
    """Whom the ticket concerns in person."""

    person: Named
    is_performer: bool
    is_addressee: bool
    acknowledged_at: datetime | None
    taken_at: datetime | None = Field(description="When the person began")
    finished_at: datetime | None = Field(
        description="When the own part was done, where each finishes separately"
    )


class HoldOut(Out):
    """One stretch of the relay: with a person, or free in a department."""

    person: Named | None
    department: Named
    given_by: Named
    reason: str
    since: datetime
    until: datetime | None
    seconds: int

    @classmethod
    def of(cls, hold: Hold) -> HoldOut:
        """Expects person, department and giver to be loaded."""
        return cls(
            person=maybe(hold.person), department=a_name(hold.department),
            given_by=a_name(hold.given_by), reason=hold.reason, since=hold.since,
            until=hold.until, seconds=int(hold.length().total_seconds()),
        )  # fmt: skip


class TicketPageOut(TicketOut):
    """A ticket with everything that its page shows but the story."""

    text: str = Field(description="Markdown, as written")
    text_html: str
    participants: list[ParticipantOut]
    holds: list[HoldOut]
    allowed_verbs: list[Verb] = Field(description="What you can do to it now")


class TicketList(Page):
    """A page of tickets."""

    tickets: list[TicketOut]


class EntryOut(Out):
    """A line of the journal."""

    seq: int
    verb: Verb
    actor: Named
    on_behalf_of: Named | None
    via: Literal["desk", "api", "mail", "schedule", "system"]
    at: datetime
    phrase: str = Field(description="What the actor does, in your language")
    reason: str
    notice: str
    facts: dict[str, Any] = Field(description="The same as data, with the names of that time")
    comment: int | None = Field(description="Id of the comment that it is about")
    previous_hash: str
    hash: str
    salt: str | None = Field(description="What the hash mixes in; null for the oldest entries")

    @classmethod
    def of(cls, entry: Entry) -> EntryOut:
        """Expects the people to be loaded."""
        return cls(
            seq=entry.seq, verb=Verb(entry.verb), actor=a_name(entry.actor),
            on_behalf_of=maybe(entry.on_behalf_of), via=entry.via,  # type: ignore[arg-type]
            at=entry.at, phrase=phrases.phrase(entry), reason=phrases.reason(entry),
            notice=phrases.notice(entry), facts=entry.facts, comment=entry.comment_id,
            previous_hash=entry.previous_hash, hash=entry.hash, salt=entry.salt,
        )  # fmt: skip


class Journal(Page):
    """Lines of the journal, oldest first. Notes are missing for those who may not read them."""

    entries: list[EntryOut]


class Acted(Out):
    """What a verb did."""

    entry: EntryOut
    ticket: TicketPageOut | None = Field(
        description="As it is now; null: it has left the tickets you may see"
    )


class VerbOut(Out):
    """Something you can do to the ticket now."""

    verb: Verb
    label: str
    href: str


class Verbs(Out):
    """In the order in which the desk offers them."""

    verbs: list[VerbOut]


class TopicOut(Out):
    """What a ticket may be about; the defaults fill a new ticket."""

    id: int
    name: str
    parent: int | None
    department: int | None
    acceptance: Acceptance
    priority: PriorityName
    evidence: list[Evidence]
    performers: list[Named] = Field(description="For clients empty")


class Topics(Out):
    """All active topics, in the order of the desk."""

    topics: list[TopicOut]
