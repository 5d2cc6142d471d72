"""The words of all languages in one: people mix them, and no word means two things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from typing import Generic, TypeVar

from estafeta.tickets.quick_line.languages.english import ENGLISH
from estafeta.tickets.quick_line.languages.russian import RUSSIAN
from estafeta.tickets.quick_line.languages.ukrainian import UKRAINIAN
from estafeta.tickets.quick_line.words import key_of

T = TypeVar("T")
LANGUAGES = (RUSSIAN, UKRAINIAN, ENGLISH)


class Phrases(Generic[T]):
    """What phrases of one to a few words mean; the longest that fits counts."""

    def __init__(self, pairs: Iterable[tuple[str, T]]) -> None:
        self._known: dict[tuple[str, ...], T] = {}
        for phrase, meaning in pairs:
            self._known.setdefault(tuple(key_of(phrase).split()), meaning)
        self._longest = max(map(len, self._known), default=0)
        self._first = {phrase[0] for phrase in self._known}

    def at(self, words: Sequence[str], place: int) -> tuple[int, T] | None:
        """How many words from that place on, and what they mean."""
        for length in range(min(self._longest, len(words) - place), 0, -1):
            found = self._known.get(tuple(words[place : place + length]))
            if found is not None:
                return length, found
        return None

    def begins_with(self, word: str) -> bool:
        """Whether some phrase begins with it."""
        return word in self._first

    def one(self, word: str) -> T | None:
        """What this word alone means."""
        return self._known.get((word,))


def _list(tables: Iterable[str]) -> Phrases[bool]:
    return Phrases((phrase, True) for table in tables for phrase in table.split("|") if phrase)


def _table(tables: Iterable[Mapping[T, str]]) -> Phrases[T]:
    return Phrases(
        (phrase, meaning)
        for table in tables
        for meaning, phrases in table.items()
        for phrase in phrases.split("|")
    )


STRONG = _list(one.strong for one in LANGUAGES)
WEAK = _list(one.weak for one in LANGUAGES)
AHEAD = _list(one.ahead for one in LANGUAGES)
RANGES = _list(one.ranges for one in LANGUAGES)
END = _list(one.end for one in LANGUAGES)
FOLLOWING = _list(one.following for one in LANGUAGES)
THIS = _list(one.this for one in LANGUAGES)
REQUESTER = _list(one.requester for one in LANGUAGES)
REQUESTER_LABEL = _list(one.requester_label for one in LANGUAGES)
ME = _list(one.me for one in LANGUAGES)
DAYS = _table(one.days for one in LANGUAGES)
WEEKDAYS = _table(one.weekdays for one in LANGUAGES)
MONTHS = _table(one.months for one in LANGUAGES)
UNITS = _table(one.units for one in LANGUAGES)
PERIODS = _table(one.periods for one in LANGUAGES)
ENDS = _table(one.ends for one in LANGUAGES)
NUMBERS = _table(one.numbers for one in LANGUAGES)
PRIORITIES = _table(one.priorities for one in LANGUAGES)
HOURS = _list(one.hours for one in LANGUAGES)
BEFORE_NOON = _list(one.before_noon for one in LANGUAGES)
AFTER_NOON = _list(one.after_noon for one in LANGUAGES)
DAY_MARKS = _list(one.day_marks for one in LANGUAGES)
FILLERS = _list(one.fillers for one in LANGUAGES)
PARTS = Phrases(
    (phrase, time.fromisoformat(at))
    for one in LANGUAGES
    for at, phrases in one.parts.items()
    for phrase in phrases.split("|")
)
