"""A day in words and figures: завтра, пт, 27.11, 27 листопада, Nov 27, 2026-11-27."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from estafeta.tickets.quick_line import calendar
from estafeta.tickets.quick_line import vocabulary as say
from estafeta.tickets.quick_line.calendar import Day

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2}))?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?")
_NUMBER = re.compile(r"(\d{1,2})(?:-?(st|nd|rd|th|го|е|му|ого))?")
_YEAR = re.compile(r"(20\d{2})(?:г|р)?")
_YEAR_WORDS = ("г", "года", "р", "року")


@dataclass(frozen=True)
class Found:
    """Days that the words may mean. `is_by_name`: today, Friday; `is_number`: the 25th alone."""

    end: int
    days: tuple[Day, ...] = ()
    is_by_name: bool = False
    is_number: bool = False
    is_wrong: bool = False


def read_day(words: Sequence[str], place: int) -> Found | None:
    """The day that begins here."""
    if place >= len(words):
        return None
    if named := say.DAYS.at(words, place):
        return Found(place + named[0], (calendar.in_days(named[1]),), is_by_name=True)
    if weekday := say.WEEKDAYS.at(words, place):
        after = _date(words, place + weekday[0])
        if after is not None and not after.is_wrong and not after.is_number:
            return after  # Friday, 27 November: the date counts
        return Found(place + weekday[0], (calendar.weekday(weekday[1]),))
    return _date(words, place)


def _date(words: Sequence[str], place: int) -> Found | None:
    word = words[place] if place < len(words) else ""
    if match := _ISO.fullmatch(word):
        return _found(place + 1, int(match[3]), int(match[2]), int(match[1]))
    if match := _DOTTED.fullmatch(word):
        if match[3] is None and int(match[2]) > 12:
            return None  # 17.30 is a time
        return _found(place + 1, int(match[1]), int(match[2]), _number(match[3]))
    if match := _SLASHED.fullmatch(word):
        return _slashed(place + 1, int(match[1]), int(match[2]), _number(match[3]))
    if month := say.MONTHS.at(words, place):
        at = place + month[0]
        number = _NUMBER.fullmatch(words[at]) if at < len(words) else None
        return _with_year(words, at + 1, int(number[1]), month[1]) if number else None
    number = _NUMBER.fullmatch(word)
    if number is None:
        return None
    at = place + 1
    is_marked = bool(number[2])
    if at < len(words) and say.DAY_MARKS.one(words[at]):
        at, is_marked = at + 1, True
    of = at + 1 if at < len(words) and words[at] == "of" else at
    if month := say.MONTHS.at(words, of):
        return _with_year(words, of + month[0], int(number[1]), month[1])
    if is_marked and 1 <= int(number[1]) <= 31:
        return Found(at, (calendar.day_of_month(int(number[1])),), is_number=True)
    return None


def _slashed(end: int, first: int, second: int, year: int | None) -> Found:
    """Day and month in the order of the writer's country, which nobody can tell from 3/4."""
    orders = dict.fromkeys([(first, second), (second, first)])
    days = tuple(day for one in orders if (day := calendar.a_date(*one, year)) is not None)
    return Found(end, days, is_wrong=not days)


def _with_year(words: Sequence[str], place: int, day: int, month: int) -> Found:
    year = None
    if place < len(words) and (match := _YEAR.fullmatch(words[place])):
        year, place = int(match[1]), place + 1
        if place < len(words) and words[place] in _YEAR_WORDS:
            place += 1
    return _found(place, day, month, year)


def _found(end: int, day: int, month: int, year: int | None) -> Found:
    at = calendar.a_date(day, month, year)
    return Found(end, (at,)) if at is not None else Found(end, is_wrong=True)


def _number(text: str | None) -> int | None:
    return int(text) if text else None
