"""What a short message says: one text, of many gathered ones the number, and where to read on."""

from __future__ import annotations

from estafeta.notifications.channels.sms.coding import fitted
from estafeta.notifications.content import Content

LONGEST_READ = 1000


def text_of(content: Content, *, most_parts: int) -> str:
    """In the language of the moment."""
    sign = "! " if content.is_urgent else ""
    told = f"{sign}{content.title}"
    if not content.parts:
        told += f": {content.text}" if content.message else f". {content.text}"
    lines = " ".join(told[:LONGEST_READ].split())
    return fitted(lines, content.link, most=most_parts)
