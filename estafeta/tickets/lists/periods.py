"""Stretches of days as they stand in an address: `week`, or `2026-11-01..2026-11-24`, open at either end."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.timezone import localtime, make_aware

from estafeta.lib import clock

NAMED = ("today", "yesterday", "week", "month", "this_month", "last_month", "this_year")
"""`week` and `month` are the last 7 and 30 days, today included."""
SPAN = ".."
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\Z", re.ASCII)


def day(text: str) -> date | None:
    """A day written `2026-11-24` or `24.11.2026`."""
    iso, dotted = _DATE.match(text), _DOTTED.match(text)
    numbers = [int(part) for part in (iso or dotted).groups()] if iso or dotted else []  # type: ignore[union-attr]
    try:
        found = date(*(numbers if iso else numbers[::-1])) if numbers else None
    except ValueError:
        return None
    # One day less and one more, whatever the zone, still have to be days.
    return found if found and date(1900, 1, 1) <= found <= date(9000, 1, 1) else None


def read(text: str) -> str:
    """The period as it is written, or nothing where it means none."""
    if text in NAMED:
        return text
    since, dots, until = text.partition(SPAN)
    if not dots:
        since = until = text
    days = [day(since), day(until)]
    if any(part and found is None for part, found in zip((since, until), days, strict=True)):
        return ""
    return span(*days)


def span(since: date | None, until: date | None) -> str:
    """From one day to another, both included; either may be open."""
    if since is None and until is None:
        return ""
    return f"{since or ''}{SPAN}{until or ''}"


def days(period: str) -> tuple[date | None, date | None]:
    """The first and the last day, in the zone of whoever reads."""
    today = localtime(clock.now()).date()
    first = today.replace(day=1)
    known: dict[str, tuple[date, date]] = {
        "today": (today, today),
        "yesterday": (today - timedelta(days=1),) * 2,
        "week": (today - timedelta(days=6), today),
        "month": (today - timedelta(days=29), today),
        "this_month": (first, today),
        "last_month": ((first - timedelta(days=1)).replace(day=1), first - timedelta(days=1)),
        "this_year": (today.replace(month=1, day=1), today),
    }
    if period in known:
        return known[period]
    since, _dots, until = period.partition(SPAN)
    return day(since), day(until)


def rule(column: str, period: str) -> Q:
    """Tickets whose moment lies within it."""
    since, until = days(period)
    found = Q()
    if since:
        found &= Q(**{f"{column}__gte": _begin(since)})
    if until:
        found &= Q(**{f"{column}__lt": _begin(until + timedelta(days=1))})
    return found


def _begin(of: date) -> datetime:
    return make_aware(datetime.combine(of, time()))
