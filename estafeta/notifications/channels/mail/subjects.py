"""The line by which a letter is found among two hundred others."""

from __future__ import annotations

from django.utils.translation import gettext as _

from estafeta.lib.markdown import plain
from estafeta.lib.text import excerpt, one_line
from estafeta.notifications.content import ANNOUNCED, Content, by_ticket
from estafeta.notifications.kinds import Kind
from estafeta.notifications.message import LONGEST_READ, Message

LONGEST_ANNOUNCED = 78
LONGEST_GATHERED = 110


def subject_of(content: Content) -> str:
    """The ticket, which is the same for all letters of one thread; else what it is about."""
    if content.own_words is not None:
        return content.own_words.subject
    if content.message is not None:
        return one_line(_of_ticket(content.message, content.event))
    if content.event == ANNOUNCED:
        # Its first line alone: what follows is read in the letter.
        first = plain(content.said.strip().split("\n", 1)[0][:LONGEST_READ])
        return one_line(f"{content.title}: {excerpt(first or content.text, LONGEST_ANNOUNCED)}")
    if len(groups := by_ticket(content.parts)) > 1:
        names = "; ".join(group[0].title for group in groups)
        return one_line(excerpt(f"{content.title}: {names}", LONGEST_GATHERED))
    return one_line(content.title)


def _of_ticket(message: Message, event: str) -> str:
    if event == Kind.ESCALATED:
        words = {"number": message.number, "title": message.subject}
        return _("[#%(number)s] Urgent, nobody answers: %(title)s") % words
    return f"[#{message.number}] {message.subject}"
