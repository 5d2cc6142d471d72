"""What the journal last said a ticket is, told from verbs and facts alone: no database, no models.

Whoever checks a ticket or an exported story compares what is shown with this.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from estafeta.tickets.statuses import LEADS_TO
from estafeta.tickets.verbs import Verb

Facts = dict[str, Any]


def digest(text: str) -> str:
    """What an entry keeps of a long text, so that a later change of the text shows."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class Told:
    """Nothing is None that an entry has named; `statuses` holds every one that is possible."""

    title: str | None = None
    text: str | None = None
    department: int | None = None
    requester: int | None = None
    statuses: frozenset[str] = field(default=frozenset())

    def hear(self, verb: str, facts: Facts) -> None:
        """One entry more."""
        if verb in (Verb.OPEN, Verb.EDIT):
            self.title, self.text = facts.get("title"), facts.get("text")
        for name in ("department", "requester"):
            named = facts.get(name)
            if isinstance(named, dict) and isinstance(named.get("id"), int):
                setattr(self, name, named["id"])
        self.statuses = _statuses_after(verb, facts, self.statuses)


def told(lines: Iterable[tuple[str, Facts]]) -> Told:
    """The sum of a story; `lines` are verbs with their facts, in order."""
    found = Told()
    for verb, facts in lines:
        found.hear(verb, facts)
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
    if verb == Verb.RELEASE and "free" in facts:
        return targets if facts["free"] else before
    if verb == Verb.REPLY:
        return targets if facts.get("resumed") else before
    return targets | before
