"""From what was said to moments: the first that still lies ahead, in the writer's own zone."""

from __future__ import annotations

import calendar as months
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

END_OF_WORK = time(18)
END_OF_DAY = time(23, 59)
FRIDAY, SUNDAY = 4, 6
LAST_YEAR = 2100

Dates = Callable[[date], Iterator[date]]
Moments = Callable[[datetime], Iterator[datetime]]
"""From the writer's own time, without a zone, to the moments that may be meant, likeliest first."""


@dataclass(frozen=True)
class Day:
    """A day as it was said; `is_fixed`: it is that one, even if little of it is left."""

    dates: Dates
    is_fixed: bool = False


def in_days(count: int) -> Day:
    """Today, tomorrow."""
    return Day(lambda today: iter([today + timedelta(days=count)]), is_fixed=True)


def weekday(wanted: int, *, weeks: int = 0) -> Day:
    """The coming one; with `weeks`, the one of a later week."""

    def dates(today: date) -> Iterator[date]:
        monday = today - timedelta(days=today.weekday())
        if weeks:
            yield monday + timedelta(days=7 * weeks + wanted)
            return
        first = today + timedelta(days=(wanted - today.weekday()) % 7)
        yield from (first, first + timedelta(days=7))

    return Day(dates)


def day_of_month(wanted: int) -> Day:
    """The 25th: of this month or of the next that has one."""

    def dates(today: date) -> Iterator[date]:
        for ahead in range(4):
            at = add_months(today.replace(day=1), ahead)
            if wanted <= months.monthrange(at.year, at.month)[1]:
                yield at.replace(day=wanted)

    return Day(dates)


def a_date(day: int, month: int, year: int | None) -> Day | None:
    """A date, without a year the coming one; None where the calendar has no such day."""
    if not 1 <= month <= 12 or not 1 <= day <= months.monthrange(2024, month)[1]:
        return None
    if year is not None:
        year += 2000 if year < 100 else 0
        if not 1970 <= year <= LAST_YEAR or day > months.monthrange(year, month)[1]:
            return None
        fixed = date(year, month, day)
        return Day(lambda _today: iter([fixed]), is_fixed=True)

    def dates(today: date) -> Iterator[date]:
        for at in range(today.year, today.year + 9):
            if day <= months.monthrange(at, month)[1]:
                yield (found := date(at, month, day))
                if timedelta(0) < today - found <= JUST_OVER:
                    return

    return Day(dates)


JUST_OVER = timedelta(days=60)
"""Who names a date that is over since so little does not mean the next year."""


def on_day(day: Day, at: time | None) -> Moments:
    """That day at that time; without a time at the end of work."""

    def moments(now: datetime) -> Iterator[datetime]:
        for found in day.dates(now.date()):
            yield datetime.combine(found, at or END_OF_WORK)
            if at is None and day.is_fixed:
                yield datetime.combine(found, END_OF_DAY)

    return moments


def at_time(at: time) -> Moments:
    """Today, or tomorrow when it is over."""
    return lambda now: (datetime.combine(now.date() + timedelta(days=n), at) for n in (0, 1))


def ahead(unit: str, count: float, at: time | None = None) -> Moments:
    """In so many units, at a time of that day. Without one it ends with the work of that day."""

    def moments(now: datetime) -> Iterator[datetime]:
        if unit == "month":
            day = add_months(now.date(), int(count))
        else:
            day = now.date() + timedelta(days=int(count * (7 if unit == "week" else 1)))
        if at is not None:
            yield datetime.combine(day, at)
            return
        yield datetime.combine(day, END_OF_WORK)
        yield datetime.combine(day, END_OF_DAY)

    return moments


def end_of(period: str, *, later: int = 0) -> Moments:
    """The end of this day, week, month, quarter or year, or of a later one."""

    def moments(now: datetime) -> Iterator[datetime]:
        today = now.date()
        if period == "week":
            monday = today + timedelta(days=7 * later - today.weekday())
            yield datetime.combine(monday + timedelta(days=FRIDAY), END_OF_WORK)
            yield datetime.combine(monday + timedelta(days=SUNDAY), END_OF_DAY)
            return
        last = today + timedelta(days=later)
        if period != "day":
            length = {"month": 1, "quarter": 3, "year": 12}[period]
            first = today.replace(month=(today.month - 1) // length * length + 1, day=1)
            last = add_months(first, length * (later + 1)) - timedelta(days=1)
        yield datetime.combine(last, END_OF_WORK)
        yield datetime.combine(last, END_OF_DAY)

    return moments


def add_months(day: date, count: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    number = day.year * 12 + day.month - 1 + count
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def first_ahead(moments: Moments, *, now: datetime, zone: tzinfo) -> datetime | None:
    """The first that is not over, in UTC. A time that the clock skips is the one after the skip."""
    local = now.astimezone(zone).replace(tzinfo=None)
    for moment in moments(local):
        at = moment.replace(tzinfo=zone).astimezone(UTC)
        if at > now:
            return at
    return None
