"""Days on which people work: Monday to Friday, by the clock of a zone."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

SATURDAY = 5


def after(moment: datetime, days: int, zone: tzinfo) -> datetime:
    """The same time of day so many working days later; a weekend begins to count on Monday."""
    local = moment.astimezone(zone)
    while local.weekday() >= SATURDAY:
        local = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    weeks, rest = divmod(days, SATURDAY)
    local += timedelta(days=7 * weeks)
    while rest:
        local += timedelta(days=1)
        rest -= local.weekday() < SATURDAY
    return local.astimezone(moment.tzinfo)
