"""Marks in a title the words that were looked for, in whatever form they stand there."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from estafeta.lib import fulltext
from estafeta.lib.text import fold

_WORD = re.compile(r"[\w][\w'’ʼ]*")


def mark(title: str, query: str) -> Markup:
    """The title as HTML; a word is marked when search would have found it by the query."""
    wanted = tuple(token for group in fulltext.wanted(query) for token in group)
    if not wanted:
        return escape(title)
    parts, end = [], 0
    for match in _WORD.finditer(title):
        parts.append(escape(title[end : match.start()]))
        word = escape(match.group())
        found = any(stem.startswith(wanted) for stem in fulltext.stems(fold(match.group())))
        parts.append(Markup("<mark>{}</mark>").format(word) if found else word)
        end = match.end()
    return Markup("").join([*parts, escape(title[end:])])
