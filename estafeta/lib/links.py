"""Finds addresses in plain text, in a time that grows with its length alone.

The usual library takes minutes for a long text that is made for it; here every address has a
longest length, and nothing is looked at twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ADDRESS = re.compile(
    r"""(?<!\w)(?P<web>https?://[^\W_][^\s<>"]{0,2000})"""
    r"""|(?<![\w.@/-])(?P<host>www\.[^\W_][^\s<>"]{1,2000})"""
    r"""|(?<![\w.+@-])(?P<mail>[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,6}[^\W\d_]{2,24})(?![\w@])""",
    re.IGNORECASE,
)
_NOT_AT_THE_END = ".,;:!?'*_~…»”’"


@dataclass(frozen=True)
class Link:
    """Where it stands, and what it leads to; the names are those that markdown-it asks for."""

    index: int
    last_index: int
    text: str
    url: str
    schema: str


class Finder:
    """What markdown-it asks about plain text."""

    def pretest(self, text: str) -> bool:
        """Whether there may be any."""
        return "://" in text or "@" in text or "www." in text.lower()

    def test(self, text: str) -> bool:
        """Whether there is any."""
        return _ADDRESS.search(text) is not None

    def match(self, text: str) -> list[Link]:
        """All of them."""
        return list(_links(text))


def _links(text: str) -> Iterator[Link]:
    for found in _ADDRESS.finditer(text):
        kind, address = str(found.lastgroup), _without_what_follows(found.group())
        schema = {"web": address.split("//")[0], "host": "", "mail": "mailto:"}[kind]
        start = {"web": "", "host": "http://", "mail": "mailto:"}[kind]
        end = found.start() + len(address)
        yield Link(found.start(), end, address, start + address, schema)


def _without_what_follows(address: str) -> str:
    """Without the stop of the sentence, or the bracket in which the address stands."""
    surplus, end = address.count(")") - address.count("("), len(address)
    while address[end - 1] in _NOT_AT_THE_END or (address[end - 1] == ")" and surplus > 0):
        surplus -= address[end - 1] == ")"
        end -= 1
    return address[:end]
