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
    TITLE_CHANGED = "title_changed"
    TEXT_CHANGED = "text_changed"


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
    Kind.TITLE_CHANGED: gettext_lazy("Ticket %(ticket)s: the title differs from the journal."),
    Kind.TEXT_CHANGED: gettext_lazy("Ticket %(ticket)s: the text differs from the journal."),
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
