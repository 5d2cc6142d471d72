"""Regular expressions of administrators: one that takes too long holds up nobody."""

from __future__ import annotations

import logging
from typing import Any

import regex

log = logging.getLogger(__name__)

SECONDS = 0.5
MOST_LETTERS = 20_000

Fault = regex.error


def check(pattern: str) -> None:
    """Raises Fault."""
    regex.compile(pattern)


def found(pattern: str, text: str) -> str:
    """What the first group has found, or the whole pattern; nothing where it takes too long."""
    match = _search(pattern, text)
    return (match[1] if match.re.groups else match[0]) or "" if match else ""


def matches(pattern: str, text: str, *, in_doubt: bool) -> bool:
    """Whether it is there; `in_doubt` where the pattern takes too long to say."""
    match = _search(pattern, text)
    return in_doubt if match is False else match is not None


def _search(pattern: str, text: str) -> Any:
    """The match, None, or False after the time."""
    try:
        return regex.search(pattern, text[:MOST_LETTERS], timeout=SECONDS, concurrent=True)
    except TimeoutError:
        log.warning("This pattern takes too long: %s", pattern)
        return False
