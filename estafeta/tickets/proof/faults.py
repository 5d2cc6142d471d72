"""What can be wrong with a journal, in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Kind(StrEnum):
    """How the journal differs from what was written."""

    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    REORDERED = "reordered"
    COUNT = "count"
    COMMENT_CHANGED = "comment_changed"
    COMMENT_ADDED = "comment_added"
    WORDING_CHANGED = "wording_changed"
    TITLE_CHANGED = "title_changed"
    TEXT_CHANGED = "text_changed"
    HTML_CHANGED = "html_changed"
    COMMENT_HTML_CHANGED = "comment_html_changed"
    STATUS_CHANGED = "status_changed"
    DEPARTMENT_CHANGED = "department_changed"
    REQUESTER_CHANGED = "requester_changed"


WORDS: dict[Kind, Any] = {
    Kind.CHANGED: gettext_lazy("Ticket %(ticket)s: entry %(seq)s was changed."),
    Kind.MISSING: gettext_lazy("Ticket %(ticket)s: entry %(seq)s is missing."),
    Kind.ADDED: gettext_lazy("Ticket %(ticket)s: entry %(seq)s was added from outside."),
    Kind.REORDERED: gettext_lazy(
        "Ticket %(ticket)s: entry %(seq)s stands in the wrong place; it belongs at %(place)s."
    ),
    Kind.COUNT: gettext_lazy("Ticket %(ticket)s: its record of the journal's end was changed."),
    Kind.COMMENT_CHANGED: gettext_lazy(
        "Ticket %(ticket)s: the comment of entry %(seq)s was changed."
    ),
    Kind.COMMENT_ADDED: gettext_lazy("Ticket %(ticket)s: a comment was added from outside."),
    Kind.WORDING_CHANGED: gettext_lazy(
        "Ticket %(ticket)s: what a comment said before entry %(seq)s was changed."
    ),
    Kind.TITLE_CHANGED: gettext_lazy("Ticket %(ticket)s: the title differs from the journal."),
    Kind.TEXT_CHANGED: gettext_lazy("Ticket %(ticket)s: the text differs from the journal."),
    Kind.HTML_CHANGED: gettext_lazy(
        "Ticket %(ticket)s: what its page shows is not the text that was written."
    ),
    Kind.COMMENT_HTML_CHANGED: gettext_lazy(
        "Ticket %(ticket)s: what the page shows as the comment of entry %(seq)s is not what was "
        "written."
    ),
    Kind.STATUS_CHANGED: gettext_lazy("Ticket %(ticket)s: the status differs from the journal."),
    Kind.DEPARTMENT_CHANGED: gettext_lazy(
        "Ticket %(ticket)s: the department differs from the journal."
    ),
    Kind.REQUESTER_CHANGED: gettext_lazy(
        "Ticket %(ticket)s: the requester differs from the journal."
    ),
}


@dataclass(frozen=True)
class Fault:
    """One difference. `entry` is the row's id, where there is a row."""

    kind: Kind
    ticket: int
    seq: int | None = None
    entry: int | None = None
    place: int | None = None

    def __str__(self) -> str:
        words = str(WORDS[self.kind]) % {
            "ticket": self.ticket, "seq": self.seq, "place": self.place,
        }  # fmt: skip
        if self.entry is None:
            return words
        return _("%(fault)s Row %(row)s.") % {"fault": words, "row": self.entry}


class SealFaultKind(StrEnum):
    """How a seal differs from what was sealed."""

    MISSING = "missing"
    CHANGED = "changed"
    BROKEN = "broken"
    TRAIL = "trail"


SEAL_WORDS: dict[SealFaultKind, Any] = {
    SealFaultKind.MISSING: gettext_lazy("Seal %(seal)s is missing."),
    SealFaultKind.CHANGED: gettext_lazy("Seal %(seal)s was changed."),
    SealFaultKind.BROKEN: gettext_lazy(
        "Seal %(seal)s is broken: the entries below it are not those that were sealed."
    ),
    SealFaultKind.TRAIL: gettext_lazy(
        "Seal %(seal)s is broken: the security trail is not the one that was sealed."
    ),
}


@dataclass(frozen=True)
class SealFault:
    """One seal that does not fit."""

    kind: SealFaultKind
    seal: int

    def __str__(self) -> str:
        return str(SEAL_WORDS[self.kind]) % {"seal": self.seal}
