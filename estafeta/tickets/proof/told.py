"""What the journal last said a ticket is, told from verbs and facts alone: no database, no models.

Whoever checks a ticket or an exported story compares what is shown with this.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from estafeta.tickets.statuses import LEADS_TO, Status
from estafeta.tickets.verbs import CHANGING_WORDS, WRITTEN, Verb

Facts = dict[str, Any]
Line = tuple[str, Facts, int | None, int]
"""Of an entry: its verb, its facts, the id of its comment, the id of its actor."""


def digest(text: str, salt: str | None = None) -> str:
    """What an entry keeps of a long text, so that a later change of the text shows.

    The salt of a comment stands beside its text: whoever reads the entry alone tries texts in vain.
    """
    return hashlib.sha256((text if salt is None else f"{salt}\n{text}").encode()).hexdigest()


class Said(NamedTuple):
    """Of a comment: who wrote it, reply or note, the digest of what it says by now."""

    author: int
    kind: str
    digest: str
    answers: int | None
    is_deleted: bool = False


@dataclass
class Told:
    """Nothing is None that an entry has named; `statuses` holds every one that is possible."""

    title: str | None = None
    text: str | None = None
    department: int | None = None
    requester: int | None = None
    statuses: frozenset[str] = field(default=frozenset())
    comments: dict[int, Said] = field(default_factory=dict)
    are_words_changed: bool = False
    names: dict[str, str] = field(default_factory=dict)
    """How the department and the requester were called when the journal named them last."""

    def hear(self, verb: str, facts: Facts, comment: int | None, actor: int) -> None:
        """One entry more."""
        if comment is not None:
            self._hear_of_comment(verb, facts, comment, actor)
        if verb in (Verb.OPEN, Verb.EDIT):
            self.title, self.text = facts.get("title"), facts.get("text")
        for name in ("department", "requester"):
            named = facts.get(name)
            if isinstance(named, dict) and isinstance(named.get("id"), int):
                setattr(self, name, named["id"])
                self.names[name] = str(named.get("name", ""))
        self.statuses = _statuses_after(verb, facts, self.statuses)

    def _hear_of_comment(self, verb: str, facts: Facts, comment: int, actor: int) -> None:
        says = str(facts.get("text", ""))
        if verb in WRITTEN:
            self.comments[comment] = Said(actor, str(verb), says, facts.get("answers"))
        elif verb in CHANGING_WORDS and comment in self.comments:
            self.are_words_changed = True
            is_gone = verb == Verb.DELETE_COMMENT
            self.comments[comment] = self.comments[comment]._replace(
                digest=digest("") if is_gone else says, is_deleted=is_gone
            )


def told(lines: Iterable[Line]) -> Told:
    """The sum of a story, in order."""
    found = Told()
    for line in lines:
        found.hear(*line)
    return found


CERTAIN = frozenset(
    {
        Verb.TAKE, Verb.ASSIGN, Verb.WAIT, Verb.RESUME, Verb.ACCEPT, Verb.RETURN_TO_WORK,
        Verb.REOPEN, Verb.CANCEL, Verb.ARCHIVE,
    }
)  # fmt: skip
"""After these the status is one of those they lead to. Others may leave it as it was."""


def _statuses_after(verb: str, facts: Facts, before: frozenset[str]) -> frozenset[str]:
    if verb not in LEADS_TO:
        return before
    targets = frozenset(str(status) for status in LEADS_TO[Verb(verb)])
    if verb == Verb.OPEN or verb in CERTAIN:
        return targets
    if verb == Verb.RELEASE and facts.get("free"):
        return frozenset({str(Status.NEW)})
    if verb == Verb.COMPLETE:
        if "accepted" not in facts:
            return before
        return frozenset({str(Status.DONE if facts["accepted"] else Status.REVIEW)})
    if verb == Verb.REPLY:
        return targets if facts.get("resumed") else before
    return targets | before
