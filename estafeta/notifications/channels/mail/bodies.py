"""The text and the HTML of a letter, made once for all who get the same content.

What differs between them is the link that switches such letters off: it has a gap, filled in later.
"""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from django.utils import translation

from estafeta.notifications.content import Content

GAP = secrets.token_hex(16)
"""Nobody who writes a ticket can know it."""
MOST_KEPT = 8


class Body(NamedTuple):
    """With the gap."""

    text: str
    html: str

    def filled(self, link: str) -> Body:
        """With the link of one receiver."""
        return Body(self.text.replace(GAP, link), self.html.replace(GAP, link))


class _Kept(NamedTuple):
    content: Content
    language: str | None
    is_personal: bool
    body: Body


_recent: deque[_Kept] = deque(maxlen=MOST_KEPT)


def body_of(content: Content, *, is_personal: bool, make: Callable[[], Body]) -> Body:
    """What was made for this very content before, in this language; else what `make` makes now."""
    language = translation.get_language()
    for kept in tuple(_recent):
        if kept.content is content and kept[1:3] == (language, is_personal):
            return kept.body
    _recent.append(_Kept(content, language, is_personal, make()))
    return _recent[-1].body
