"""What stands around the text of a comment: what it answers, whether it was changed, signs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from estafeta.lib.markdown import plain
from estafeta.lib.prepared import Prepared
from estafeta.lib.text import excerpt
from estafeta.tickets.conversation.reactions import Signs, signs_under
from estafeta.tickets.models import Comment, Entry
from estafeta.tickets.verbs import WRITTEN

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

LONGEST_QUOTE = 90
LONGEST_READ = 500


@dataclass(frozen=True)
class Answered:
    """The comment that another one is about; `seq` is its place in the story."""

    person: Person
    words: str
    seq: int


@dataclass(frozen=True)
class Around:
    """For one comment."""

    comment: int
    edited_at: datetime | None = None
    is_deleted: bool = False
    answered: Answered | None = None
    signs: list[Signs] = field(default_factory=list)


def around(comments: Collection[Comment], reader: Person) -> dict[int, Around]:
    """By comment; a query for what is answered and one for signs, each only if there are any."""
    answered = _answered(comments, reader)
    signs = signs_under(comments, reader)
    return {
        one.pk: Around(
            comment=one.pk,
            edited_at=one.edited_at,
            is_deleted=one.deleted_at is not None,
            answered=answered.get(one.answers_id or 0),
            signs=signs.get(one.pk, []),
        )
        for one in comments
    }


def _answered(comments: Collection[Comment], reader: Person) -> dict[int, Answered]:
    wanted = sorted({one.answers_id for one in comments if one.answers_id})
    return {
        entry.comment.pk: Answered(entry.actor, _beginning(entry.comment), entry.seq)
        for entry in (_WRITTEN_AS(comments=wanted) if wanted else ())
        if entry.comment is not None and (reader.is_agent or not entry.comment.is_note)
    }


def _beginning(comment: Comment) -> str:
    return excerpt(plain(comment.text[:LONGEST_READ]), LONGEST_QUOTE)


_WRITTEN_AS: Prepared[Entry] = Prepared(
    lambda comments: (
        Entry.objects.filter(comment__in=comments, verb__in=sorted(WRITTEN))
        .select_related("actor", "comment")
        .order_by("pk")
    )
)
