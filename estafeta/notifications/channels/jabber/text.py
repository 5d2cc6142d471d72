"""What a message says in Jabber: plain text, quotes as XEP-0393 has them."""

from __future__ import annotations

from estafeta.lib.markdown import plain
from estafeta.notifications.content import Content

LONGEST_SAID = 4000


def text_of(content: Content) -> str:
    """In the language of the moment."""
    sign = "❗ " if content.is_urgent else ""
    lines = [f"{sign}{content.title}"]
    message, said = content.message, plain(content.said[: LONGEST_SAID * 2])
    if content.parts or message is None or content.text != message.text:
        lines.append(content.text)
    else:
        lines += [f"{message.actor.name} {message.phrase}", message.notice]
        quote = said if len(said) <= LONGEST_SAID else f"{said[:LONGEST_SAID].rstrip()}…"
        lines += [f"> {quote}" if quote else "", message.files, content.facts]
    return "\n".join(line for line in [*lines, content.hint, content.link] if line)
