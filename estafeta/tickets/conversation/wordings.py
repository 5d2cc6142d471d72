"""What comments said before: kept by the verbs that change them, read by few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from estafeta.tickets.models import Comment, Entry, Wording
from estafeta.tickets.verbs import CHANGING_WORDS

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


@dataclass(frozen=True)
class Earlier:
    """One wording, and when it was replaced."""

    text: str
    until: datetime


def may_read(person: Person, comment: Comment) -> bool:
    """Staff that reads the comment, and its author: others must not learn what was taken back."""
    if comment.edited_at is None and comment.deleted_at is None:
        return False
    return person.is_agent or comment.author_id == person.pk


def of(comment: Comment) -> list[Earlier]:
    """The oldest first."""
    entries = Entry.objects.filter(comment=comment, verb__in=CHANGING_WORDS)
    at = dict(entries.values_list("seq", "at"))
    rows = Wording.objects.filter(comment=comment)
    return [Earlier(row.text, at[row.seq]) for row in rows if row.seq in at]
