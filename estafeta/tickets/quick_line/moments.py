"""A deadline in words: where one begins, how many words it takes, what it means.

Each reader takes the words and a place and gives the place after it with what was said, or None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from estafeta.tickets.quick_line import calendar
from estafeta.tickets.quick_line import vocabulary as say
from estafeta.tickets.quick_line.calendar import Day, Moments
from estafeta.tickets.quick_line.clock_words import read_time
from estafeta.tickets.quick_line.date_words import read_day

LONGEST_AHEAD = 3650
_BEFORE_HOURS = ("в", "о", "об", "at")
_LIKE_A_DAY = re.compile(r"\d{1,2}[.:]\d{2}(?:\.\d{2,4})?")
_COUNT = re.compile(r"(\d{1,4})(?:[-]?(\D{1,12}))?")


@dataclass(frozen=True)
class Said:
    """A deadline as it was said. `span`: time from now, where hours and minutes count exactly."""

    end: int
    moments: Moments | None = None
    span: timedelta | None = None
    is_strong: bool = False
    """"Until" stands before it."""
    is_sure: bool = False
    """It can be nothing but a deadline, wherever it stands."""
    is_wrong: bool = False
    """It looks like one that the calendar does not have."""
    either: tuple[Day, ...] = ()
    """Days that it may mean: 3/4."""
    at: time | None = None


def read(words: Sequence[str], place: int) -> Said | None:
    """The deadline that begins at this word."""
    if _is_in_a_range(words, place):
        return None
    if found := _ahead(words, place):
        return found
    strong, weak = say.STRONG.at(words, place), say.WEAK.at(words, place)
    begin = place + (strong or weak or (0, True))[0]
    if strong and begin < len(words) and (found := _ahead(words, begin)):
        return found
    begin = _skip(words, begin)
    found = _end(words, begin) or _next(words, begin, bool(strong or weak))
    if found is None:
        found = _day_first(words, begin, bool(strong), bool(weak)) or _time_first(
            words, begin, bool(strong), bool(weak)
        )
    if found is None and strong and begin < len(words) and _LIKE_A_DAY.fullmatch(words[begin]):
        return Said(begin + 1, is_strong=True, is_sure=True, is_wrong=True)
    if found is None or not strong:
        return found
    return Said(
        found.end, found.moments, found.span, True, True, found.is_wrong, found.either, found.at
    )


def _is_in_a_range(words: Sequence[str], place: int) -> bool:
    """From nine until six."""
    return place >= 2 and say.RANGES.one(words[place - 2]) is not None and say.STRONG.at(
        words, place
    ) is not None  # fmt: skip


def _skip(words: Sequence[str], place: int) -> int:
    while place < len(words) and say.FILLERS.one(words[place]):
        place += 1
    return place


def _ahead(words: Sequence[str], place: int) -> Said | None:
    found = say.AHEAD.at(words, place)
    if found is None:
        return None
    at = place + found[0]
    count: float = 1
    is_counted = False
    if at < len(words) and (match := _COUNT.fullmatch(words[at])):
        count, is_counted = float(match[1]), True
        if match[2]:  # 2ч
            unit = say.UNITS.one(match[2])
            return _span(words, at + 1, unit, count) if unit else None
        at += 1
    elif (unit_now := say.UNITS.at(words, at)) and unit_now[1] == "half_hour":
        return Said(at + unit_now[0], span=timedelta(minutes=30), is_strong=True, is_sure=True)
    elif number := say.NUMBERS.at(words, at):
        count, is_counted, at = number[1], True, at + number[0]
    unit_then = say.UNITS.at(words, at)
    if unit_then is None:
        return None
    length, unit = unit_then
    # "за день", "in day": only "через" needs no number.
    is_plain = words[place] in ("через", "within", "протягом")
    if not is_counted and not is_plain:
        return None
    return _span(words, at + length, unit, count)


def _span(words: Sequence[str], end: int, unit: str, count: float) -> Said | None:
    if count > LONGEST_AHEAD or count <= 0:
        return None
    if unit == "half_hour":
        return Said(end, span=timedelta(minutes=30), is_strong=True, is_sure=True)
    if unit in ("hour", "minute"):
        span = timedelta(hours=count) if unit == "hour" else timedelta(minutes=count)
        return Said(end, span=span, is_strong=True, is_sure=True)
    if count > {"month": 120, "week": 520}.get(unit, LONGEST_AHEAD):
        return None
    end, clock = _time_after(words, end)
    return Said(end, calendar.ahead(unit, count, clock), is_strong=True, is_sure=True)


def _end(words: Sequence[str], place: int) -> Said | None:
    if found := say.ENDS.at(words, place):
        return Said(place + found[0], calendar.end_of(found[1]), is_sure=True)
    if (found_end := say.END.at(words, place)) is None:
        return None
    at = _skip(words, place + found_end[0])
    later = 0
    if word := say.FOLLOWING.at(words, at) or say.THIS.at(words, at):
        later = int(say.FOLLOWING.at(words, at) is not None)
        at += word[0]
    period = say.PERIODS.at(words, at)
    if period is None:
        return None
    return Said(at + period[0], calendar.end_of(period[1], later=later), is_sure=True)


def _next(words: Sequence[str], place: int, is_announced: bool) -> Said | None:
    following, this = say.FOLLOWING.at(words, place), say.THIS.at(words, place)
    word = following or this
    if word is None:
        return None
    at, weeks = place + word[0], int(following is not None)
    if day := say.WEEKDAYS.at(words, at):
        end, clock = _time_after(words, at + day[0])
        on = calendar.on_day(calendar.weekday(day[1], weeks=weeks), clock)
        return Said(end, on, is_sure=is_announced or clock is not None)
    period = say.PERIODS.at(words, at)
    if period is None or period[1] == "day":
        return None
    return Said(at + period[0], calendar.end_of(period[1], later=weeks))


def _day_first(words: Sequence[str], place: int, is_strong: bool, is_weak: bool) -> Said | None:
    day = read_day(words, place)
    if day is None:
        return None
    if day.is_wrong:
        return Said(day.end, is_sure=True, is_wrong=True) if is_strong else None
    end, clock = _time_after(words, day.end)
    if clock is None and not (is_strong or is_weak or day.is_by_name):
        return None
    if day.is_number and not is_strong:
        return None
    if len(day.days) > 1:
        return Said(end, either=day.days, at=clock, is_sure=clock is not None)
    return Said(end, calendar.on_day(day.days[0], clock), is_sure=clock is not None)


def _time_after(words: Sequence[str], place: int) -> tuple[int, time | None]:
    """The time behind a day; a number alone is one only behind a word that says so."""
    at, is_bare = place, False
    while at < len(words) and (word := say.STRONG.at(words, at) or say.WEAK.at(words, at)):
        is_bare = say.STRONG.at(words, at) is not None or words[at] in _BEFORE_HOURS
        at += word[0]
    found = read_time(words, at, is_bare=is_bare)
    return (found.end, found.at) if found else (place, None)


def _time_first(words: Sequence[str], place: int, is_strong: bool, is_weak: bool) -> Said | None:
    if not (is_strong or is_weak):
        return None
    found = read_time(words, place, is_bare=False)
    if found is None:
        return None
    at = _skip(words, found.end)
    if (word := say.WEAK.at(words, at)) and read_day(words, at + word[0]):
        at += word[0]
    day = read_day(words, at)
    if day is not None and not day.is_wrong and not day.is_number and len(day.days) == 1:
        return Said(day.end, calendar.on_day(day.days[0], found.at), is_sure=True)
    # "at noon" and "на утро" say too little without "until" unless they stand at an end.
    return Said(found.end, calendar.at_time(found.at), is_sure=found.is_exact)


def settle(said: Said, *, now: datetime, zone: tzinfo) -> list[datetime]:
    """The moments that it means, in UTC: one, several, or none that still lies ahead."""
    if said.span is not None:
        return [now.replace(second=0, microsecond=0) + said.span]
    meant = [calendar.on_day(day, said.at) for day in said.either]
    if said.moments is not None:
        meant.append(said.moments)
    found = [calendar.first_ahead(one, now=now, zone=zone) for one in meant]
    return [at for at in found if at is not None]
