"""Who performs a ticket and by when: parts, suggestions, what waits for a word, deadlines."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from estafeta.api.schemas.base import Named, Out
from estafeta.api.schemas.relations import Neighbour
from estafeta.api.schemas.tickets import a_name, maybe
from estafeta.tickets.models import Ticket
from estafeta.tickets.performers.roll_call import Part
from estafeta.tickets.performers.shifts import Shift
from estafeta.tickets.performers.suggestion import Suggestion, Why, words
from estafeta.tickets.performers.waiting import Waiting
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb


class PendingHandOverOut(Out):
    """A hand-over that the department has yet to accept or decline."""

    department: Named = Field(description="Where it came from, and goes back to")
    by: Named = Field(description="Who handed it over")
    reason: str
    since: datetime
    until: datetime | None = Field(description="Until then; null: without a limit")


class PendingDeadlineOut(Out):
    """A deadline that waits for agreement."""

    deadline: datetime
    by: Named = Field(description="Who proposed it")
    reason: str
    since: datetime
    may_answer: bool = Field(description="Whether it waits for your word")


class PendingOut(Out):
    """What waits for somebody's word; null: nothing does."""

    hand_over: PendingHandOverOut | None
    deadline: PendingDeadlineOut | None
    accepted_at: datetime | None = Field(description="When silence accepts the result")

    @classmethod
    def of(cls, waiting: Waiting, proposed: datetime | None) -> PendingOut:
        """For the reader for whom it was asked."""
        offered, pending = waiting.offered, waiting.proposed
        return cls(
            hand_over=PendingHandOverOut(
                department=a_name(offered.department), by=a_name(offered.by),
                reason=offered.reason, since=offered.since, until=waiting.offered_until,
            ) if offered else None,
            deadline=PendingDeadlineOut(
                deadline=proposed, by=a_name(pending.by), reason=pending.reason,
                since=pending.since, may_answer=waiting.answers,
            ) if pending and proposed else None,
            accepted_at=waiting.accepted_at,
        )  # fmt: skip


class PartOut(Out):
    """How far somebody has come with his part."""

    person: Named
    seen_at: datetime | None = Field(description="When he confirmed having seen it")
    has_opened: bool = Field(description="Has looked at it, confirmed or not")
    taken_at: datetime | None
    finished_at: datetime | None
    nudged_at: datetime | None = Field(description="When he was reminded last")

    @classmethod
    def of(cls, part: Part) -> PartOut:
        """A row of the roll call."""
        return cls(
            person=a_name(part.person), seen_at=part.seen, has_opened=part.opened,
            taken_at=part.taken, finished_at=part.done, nudged_at=part.nudged,
        )  # fmt: skip


class RollCallOut(Out):
    """Everybody to whom it is addressed and everybody who performs it."""

    is_separate: bool = Field(description="Each finishes separately; otherwise one is enough")
    parts: list[PartOut] = Field(description="At most 500, in the order in which they came to it")
    amount: int = Field(description="Of all of them")
    finished: int


class SuggestionOut(Out):
    """Somebody who could do it, and what speaks for him."""

    person: Named
    why: list[Why]
    words: list[str] = Field(description="The same in your language")
    finished_of_the_topic: int = Field(description="In the last half year")
    at_work: int = Field(description="Tickets in his hands")

    @classmethod
    def of(cls, one: Suggestion) -> SuggestionOut:
        """For agents."""
        return cls(
            person=a_name(one.person), why=one.why, words=words(one),
            finished_of_the_topic=one.done, at_work=one.load,
        )  # fmt: skip


class Suggestions(Out):
    """At most three, the best first."""

    suggestions: list[SuggestionOut]


class ShiftOut(Out):
    """A line of the story of deadlines."""

    verb: Verb
    actor: Named
    phrase: str
    reason: str
    at: datetime
    old: datetime | None
    new: datetime | None
    agreed: bool | None = Field(description="Of an answer; otherwise null")

    @classmethod
    def of(cls, shift: Shift) -> ShiftOut:
        """As it was written down."""
        return cls(
            verb=shift.verb, actor=a_name(shift.actor), phrase=shift.words, reason=shift.reason,
            at=shift.at, old=shift.old, new=shift.new, agreed=shift.agreed,
        )  # fmt: skip


class DeadlinesOut(Out):
    """The deadline and how it came about."""

    deadline: datetime | None
    at_first: datetime | None = Field(description="With which it was written")
    original: datetime | None = Field(description="The first one anybody set")
    shifts: int = Field(description="How often it was changed since")
    proposed: PendingDeadlineOut | None
    history: list[ShiftOut] = Field(description="Oldest first, at most 500")


class SubtaskOut(Neighbour):
    """A part that is a ticket of its own."""

    department: Named
    performer: Named | None
    deadline: datetime | None
    is_late: bool

    @classmethod
    def of(cls, ticket: Ticket) -> SubtaskOut:
        """Expects department and performer to be loaded."""
        return cls(
            number=ticket.pk, title=ticket.title, status=Status(ticket.status),
            department=a_name(ticket.department), performer=maybe(ticket.performer),
            deadline=ticket.deadline, is_late=ticket.is_late,
        )  # fmt: skip


class SubtasksOut(Out):
    """The parts of a ticket; `all - open` of them are finished."""

    subtasks: list[SubtaskOut]
    all: int
    open: int
    unseen: int = Field(description="In places that are not yours to see")
