"""How messages about the chat read, before a channel gives them their form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from estafeta.lib.text import excerpt
from estafeta.notifications.content import Content, public_address
from estafeta.notifications.kinds import Kind
from estafeta.notifications.message import LONGEST_QUOTE

MOST_LINES = 10
"""In one message; whoever missed more reads them in the chat."""


class Line(NamedTuple):
    """Somebody has written something."""

    author: str
    text: str
    """Plain, without Markdown."""


class Spoken(NamedTuple):
    """What was written in one room since its reader looked there."""

    lines: Sequence[Line]
    """The newest ones at most, the oldest first; never empty."""
    total: int
    path: str
    number: int
    """Of the room."""
    room: str = ""
    """Empty between two people: then whoever writes names it."""


def of_talk(kind: Kind, spoken: Spoken, *, is_quoted: bool = True) -> Content:
    """Say it in the language of the moment; unquoted it only says that and by whom."""
    first = spoken.lines[-1]
    title = spoken.room or first.author
    if kind == Kind.ASKED:
        title = _("%(name)s waits for an operator") % {"name": first.author}
    elif not spoken.room:
        title = _("%(name)s writes to you") % {"name": first.author}
    text = _text(spoken) if is_quoted else _number_of(spoken.total)
    return Content(
        title=title, text=text, link=public_address(spoken.path), event=kind.value,
        is_urgent=kind == Kind.ASKED, talk=spoken.number,
    )  # fmt: skip


def _text(spoken: Spoken) -> str:
    lines = [excerpt(line.text, LONGEST_QUOTE) or "…" for line in spoken.lines[-MOST_LINES:]]
    if spoken.room:
        authors = [line.author for line in spoken.lines[-MOST_LINES:]]
        lines = [f"{name}: {text}" for name, text in zip(authors, lines, strict=True)]
    left_out = spoken.total - len(lines)
    if left_out > 0:
        before = ngettext("%(count)s message before", "%(count)s messages before", left_out)
        lines.insert(0, before % {"count": left_out})
    return "\n".join(lines)


def _number_of(count: int) -> str:
    return ngettext("%(count)s new message", "%(count)s new messages", count) % {"count": count}
