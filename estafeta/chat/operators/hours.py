"""Whether a department receives at a moment, and when it does next; by the clock of the house."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from estafeta.chat.models import Reception

DAYS_AHEAD = 8


def is_open_at(reception: Reception, moment: datetime, zone: ZoneInfo) -> bool:
    """An evening that lasts over midnight belongs to the day on which it began."""
    if not reception.is_open or not reception.days:
        return False
    local = moment.astimezone(zone)
    today, yesterday = local.isoweekday(), (local - timedelta(days=1)).isoweekday()
    start, end = reception.opens_at, reception.closes_at
    if start is None or end is None or start == end:
        return str(today) in reception.days
    if start < end:
        return str(today) in reception.days and start <= local.time() < end
    began_today = str(today) in reception.days and local.time() >= start
    return began_today or (str(yesterday) in reception.days and local.time() < end)


def opens_next(reception: Reception, moment: datetime, zone: ZoneInfo) -> datetime | None:
    """When it opens after this moment; None: never, or it is open."""
    if not reception.is_open or is_open_at(reception, moment, zone):
        return None
    local = moment.astimezone(zone)
    for ahead in range(DAYS_AHEAD):
        day = (local + timedelta(days=ahead)).date()
        if str(day.isoweekday()) not in reception.days:
            continue
        clock = reception.opens_at or datetime.min.time()
        opening = datetime.combine(day, clock, zone)
        if opening > moment:
            return opening
    return None
