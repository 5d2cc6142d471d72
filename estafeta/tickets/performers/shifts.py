"""The story of a ticket's deadlines: the first one, what was proposed, every shift."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.dateparse import parse_datetime

from estafeta.tickets import phrases
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Entry, Ticket

MOST = 500
OF_DEADLINES = (Verb.SET_DEADLINE, Verb.PROPOSE_DEADLINE, Verb.ANSWER_DEADLINE)


@dataclass(frozen=True)
class Shift:
    """A line of it; `agreed` only where somebody answered."""

    actor: Person
    verb: Verb
    words: str
    reason: str
    at: datetime
    old: datetime | None
    new: datetime | None
    agreed: bool | None

    @classmethod
    def of(cls, entry: Entry) -> Shift:
        """Expects the actor to be loaded."""
        facts = entry.facts
        return cls(
            actor=entry.actor, verb=Verb(entry.verb), words=phrases.phrase(entry),
            reason=phrases.reason(entry), at=entry.at, old=_moment(facts.get("old")),
            new=_moment(facts.get("new")), agreed=facts.get("agreed"),
        )  # fmt: skip


def at_first(ticket: Ticket) -> datetime | None:
    """With which deadline it was written, if with any."""
    opened = ticket.entries.filter(verb=Verb.OPEN).first()
    return _moment(opened.facts.get("deadline")) if opened else None


def shifts(ticket: Ticket) -> list[Shift]:
    """Everything that was proposed, answered and set since, oldest first."""
    rows = ticket.entries.filter(verb__in=OF_DEADLINES).select_related("actor").order_by("seq")
    return [Shift.of(entry) for entry in rows[:MOST]]


def _moment(iso: str | None) -> datetime | None:
    return parse_datetime(iso) if iso else None
