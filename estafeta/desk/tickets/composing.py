"""What stands in the box under the story."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from estafeta.desk.files.drafts import Chosen
from estafeta.desk.tickets.meanwhile import Change
from estafeta.desk.tickets.sending import fresh_key

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Comment, Ticket


@dataclass(frozen=True)
class Composer:
    """`kind` is reply or note; `key` makes a send that arrives twice act once.

    `answers` is the comment that is answered, `client` who reads replies and is no colleague;
    `has_draft`: something is kept on the server; `changes`: what others did meanwhile.
    """

    kind: str = "reply"
    value: str = ""
    errors: list[str] = field(default_factory=list)
    key: str = field(default_factory=fresh_key)
    answers: Comment | None = None
    client: Person | None = None
    has_draft: bool = False
    files: list[Chosen] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @classmethod
    def empty(cls, kind: str | None = None) -> Composer:
        """Ready for the next reply or note."""
        return cls(kind="note" if kind == "note" else "reply")


def client_of(ticket: Ticket, *, by: Person) -> Person | None:
    """The requester, where a colleague writes to somebody who is none."""
    requester = ticket.requester
    return requester if by.is_agent and not requester.standing.is_agent else None


def answered(ticket: Ticket, number: int | None, *, by: Person) -> Comment | None:
    """The comment that is to be answered, if this person reads it."""
    if number is None:
        return None
    rows = ticket.comments.readable_by(by).select_related("author")
    return rows.filter(pk=number).first()
