"""What the journal says of comments: who wrote each, for whom, and what it says by now.

Entries hold digests. A comment's text is proved by the last entry that tells it, and what it said
before by the entry that replaced it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from estafeta.tickets.journal import text_digest
from estafeta.tickets.models import Comment, Entry, Wording
from estafeta.tickets.proof.faults import Fault, Kind
from estafeta.tickets.verbs import CHANGING_WORDS, WRITTEN, Verb

GONE = text_digest("")


@dataclass
class Spoken:
    """One comment, as told: `written` is the entry that began it, `last` the one that holds now."""

    written: Entry
    last: Entry

    @property
    def is_deleted(self) -> bool:
        """Taken back."""
        return self.last.verb == Verb.DELETE_COMMENT

    @property
    def text(self) -> str:
        """The digest of what it says."""
        return GONE if self.is_deleted else str(self.last.facts.get("text"))

    def tells(self, comment: Comment) -> bool:
        """Whether this is about that comment: who wrote it, for whom to read, what, answering what."""
        return (
            comment.author_id == self.written.actor_id
            and comment.kind == self.written.verb
            and comment.answers_id == self.written.facts.get("answers")
            and (comment.deleted_at is not None) == self.is_deleted
            and text_digest(comment.text, comment.salt) == self.text
        )


def changes_words(entries: Iterable[Entry]) -> bool:
    """Whether there are earlier wordings to be looked at."""
    return any(entry.verb in CHANGING_WORDS for entry in entries)


def comment_faults(
    ticket: int, entries: list[Entry], comments: list[Comment], wordings: list[Wording]
) -> Iterator[Fault]:
    """What is not as the entries, in their order, tell it."""
    told: dict[int, Spoken] = {}
    earlier = {(row.comment_id, row.seq): row for row in wordings}
    for entry in entries:
        if entry.comment_id is None:
            continue
        if entry.verb in WRITTEN:
            told[entry.comment_id] = Spoken(entry, entry)
        elif entry.verb in CHANGING_WORDS:
            row = earlier.pop((entry.comment_id, entry.seq), None)
            if row is None or text_digest(row.text, row.salt) != entry.facts.get("old"):
                yield Fault(Kind.WORDING_CHANGED, ticket, entry.seq, entry.pk)
            if entry.comment_id in told:
                told[entry.comment_id].last = entry
    left = {comment.pk: comment for comment in comments}
    for number, spoken in told.items():
        comment = left.pop(number, None)
        if comment is None or not spoken.tells(comment):
            yield Fault(Kind.COMMENT_CHANGED, ticket, spoken.last.seq, spoken.last.pk)
    for _comment in left:
        yield Fault(Kind.COMMENT_ADDED, ticket)
    for row in earlier.values():
        yield Fault(Kind.WORDING_CHANGED, ticket, row.seq)
