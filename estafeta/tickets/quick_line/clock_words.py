"""A time of day in words and figures: 15:00, 3 pm, 15 часов, полдень."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from estafeta.tickets.quick_line import vocabulary as say

_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:-?(am|pm|[а-яіїє]{1,2}))?")
_HOUR = re.compile(r"(\d{1,2})-?(am|pm|h|ч|год|[йюоїіте]{1,2})?")
_DASHED = re.compile(r"(\d{1,2})-(\d{2})")


@dataclass(frozen=True)
class Clock:
    """`is_exact`: in figures, which nothing else looks like."""

    end: int
    at: time
    is_exact: bool = True


def read_time(words: Sequence[str], place: int, *, is_bare: bool) -> Clock | None:
    """The time that begins here; `is_bare`: a number alone is an hour too."""
    if place >= len(words):
        return None
    if part := say.PARTS.at(words, place):
        return Clock(place + part[0], part[1], is_exact=False)
    word = words[place]
    if match := _CLOCK.fullmatch(word) or (is_bare and _DASHED.fullmatch(word)) or None:
        mark = match[3] if match.re is _CLOCK else None
        if mark in ("am", "pm"):
            return _made(place + 1, int(match[1]), int(match[2]), mark == "pm", mark == "am")
        return _with_half(words, place + 1, int(match[1]), int(match[2]))
    match = _HOUR.fullmatch(word)
    if match is None:
        return None
    hour, mark = int(match[1]), match[2]
    if mark in ("am", "pm"):
        return _made(place + 1, hour, 0, mark == "pm", mark == "am")
    end, is_named = place + 1, mark in ("h", "ч", "год")
    if not is_named and end < len(words) and say.HOURS.one(words[end]):
        end, is_named = end + 1, True
    found = _with_half(words, end, hour, 0)
    is_halved = found is not None and found.end > end
    return found if is_named or is_halved or is_bare else None


def _with_half(words: Sequence[str], place: int, hour: int, minute: int) -> Clock | None:
    """With the word behind it that tells morning from evening, if there is one."""
    word = words[place] if place < len(words) else ""
    if hour <= 12 and say.AFTER_NOON.one(word):
        return _made(place + 1, hour, minute, True, False)
    if hour <= 12 and say.BEFORE_NOON.one(word):
        return _made(place + 1, hour, minute, False, True)
    return _made(place, hour, minute, False, False)


def _made(end: int, hour: int, minute: int, is_after: bool, is_before: bool) -> Clock | None:
    if is_after and hour < 12:
        hour += 12
    if is_before and hour == 12:
        hour = 0
    if (hour, minute) == (24, 0):
        return Clock(end, time(23, 59))
    return Clock(end, time(hour, minute)) if hour < 24 and minute < 60 else None
