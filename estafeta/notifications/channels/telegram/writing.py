"""What a message says in Telegram: HTML of its few tags, everything from outside escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from estafeta.lib.markdown import plain
from estafeta.notifications.channels.telegram.buttons import can_be_opened
from estafeta.notifications.content import Content, by_ticket

if TYPE_CHECKING:
    from estafeta.tickets.models import Ticket

LONGEST = 4096
"""UTF-16 units that Telegram takes, counted without the tags."""
LONGEST_SAID = 2000
MOST_GROUPS, MOST_OF_ONE = 6, 3
"""Tickets of a gathered message, and lines of each."""
LONGEST_LINE = 120
LONGEST_LINK = 250


def text_of(content: Content) -> str:
    """The whole message, in the language of the moment."""
    if content.parts:
        return _gathered(content)
    message = content.message
    if message is not None and content.text != message.text:  # in words of administrators
        return _lines([_head(content), escape(cut(content.text, LONGEST_SAID)), _end(content)])
    said = plain(content.said[: LONGEST_SAID * 2])
    if message is None:
        told, files = ("" if said else content.text), ""
    else:
        told = f"{message.actor.name} {message.phrase}"
        files = f"📎 {escape(cut(message.files, 200))}" if message.files else ""
    notice = escape(cut(message.notice, 200)) if message else ""
    facts = escape(cut(content.facts, 200))
    lines = [_head(content), escape(cut(told, 400)), notice, _quote(said, content), files, facts]
    return _lines([*lines, _end(content)])


def card_of(ticket: Ticket, *, link: str = "") -> str:
    """A ticket as it is now."""
    title = escape(cut(f"{ticket.label} {ticket.title}", 300))
    head = f"<b>{title}</b>"
    where = f"{ticket.department.name} · {ticket.get_status_display()}"
    who = _("Works on it: %(name)s") % {"name": ticket.performer.name} if ticket.performer else ""
    said = plain(ticket.text[: LONGEST_SAID * 2])
    quote = f"<blockquote>{escape(cut(said, 1000))}</blockquote>" if said else ""
    return _lines([head, escape(where), escape(who), quote, _address(link)])


def with_outcome(text: str, outcome: str) -> str:
    """The message once more, and under it what has become of it."""
    return f"{text}\n\n<i>{escape(cut(outcome, 300))}</i>"


def cut(text: str, longest: int) -> str:
    """The beginning of a text, as Telegram counts; never half of a character."""
    if _units(text) <= longest:
        return text
    kept = text[:longest].encode("utf-16-le")[: max(longest - 1, 0) * 2]
    return kept.decode("utf-16-le", errors="ignore").rstrip() + "…"


def _head(content: Content) -> str:
    sign = "❗ " if content.is_urgent else ""
    return f"{sign}<b>{escape(cut(content.title, 260))}</b>"


def _end(content: Content) -> str:
    return _lines(
        [f"<i>{escape(cut(content.hint, 200))}</i>" if content.hint else "", _address(content.link)]
    )


def _gathered(content: Content) -> str:
    """By ticket: its title leads there, and below it stands what happened."""
    groups = by_ticket(content.parts)
    lines = [_head(content)]
    for group in groups[:MOST_GROUPS]:
        title = escape(cut(group[0].title, LONGEST_LINE // 2))
        link = group[0].link
        lines.append(f'\n<a href="{escape(link)}">{title}</a>' if link else f"\n<b>{title}</b>")
        lines += [f"• {escape(cut(part.text, LONGEST_LINE))}" for part in group[:MOST_OF_ONE]]
        if (rest := len(group) - MOST_OF_ONE) > 0:
            lines.append(_more(rest))
    if (rest := len(groups) - MOST_GROUPS) > 0:
        lines.append("\n" + _more(rest))
    return _lines([*lines, _end(content)])


def _more(count: int) -> str:
    words = ngettext("and %(count)s more", "and %(count)s more", count) % {"count": count}
    return escape(words)


def _quote(said: str, content: Content) -> str:
    if not said:
        return ""
    is_cut = _units(said) > LONGEST_SAID or len(content.said) > LONGEST_SAID * 2
    quote = f"<blockquote>{escape(cut(said, LONGEST_SAID))}</blockquote>"
    rest = _("This is only the beginning. Read the rest on the ticket's page.") if is_cut else ""
    return _lines([quote, escape(rest)])


def _address(link: str) -> str:
    """A button opens it where Telegram allows buttons; as text it works everywhere else."""
    return "" if not link or can_be_opened(link) else escape(link[:LONGEST_LINK])


def _lines(lines: Sequence[str]) -> str:
    return "\n".join(line for line in lines if line)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
