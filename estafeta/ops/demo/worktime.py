"""Working hours, so that the demo's people do not work at night."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo

BEGIN, END = time(8), time(17)
SATURDAY = 5
FRESH_HOURS = 2.0


class WorkTime:
    """Adds and subtracts hours of work: Monday to Friday, eight to five, in one zone."""

    def __init__(self, now: datetime, zone: tzinfo) -> None:
        self.now, self.zone = now, zone

    def later(self, moment: datetime, hours: float) -> datetime:
        """The moment after so many hours of work."""
        left, at = timedelta(hours=hours), moment.astimezone(self.zone)
        while True:
            begin, end = self._bounds(at)
            if at.weekday() < SATURDAY and at < end:
                at = max(at, begin)
                if left <= end - at:
                    return at + left
                left -= end - at
            at = begin + timedelta(days=1)

    def earlier(self, moment: datetime, hours: float) -> datetime:
        """The moment before so many hours of work."""
        left, at = timedelta(hours=hours), moment.astimezone(self.zone)
        while True:
            begin, end = self._bounds(at)
            if at.weekday() < SATURDAY and at > begin:
                at = min(at, end)
                if left <= at - begin:
                    return at - left
                left -= at - begin
            at = end - timedelta(days=1)

    def ago(self, hours: float) -> datetime:
        """So long before now: the last two hours by the clock, at whatever hour, the rest of work."""
        if hours <= FRESH_HOURS:
            return self.now - timedelta(hours=hours)
        edge = self.now - timedelta(hours=FRESH_HOURS)
        return self.earlier(edge, hours - FRESH_HOURS)

    def _bounds(self, at: datetime) -> tuple[datetime, datetime]:
        return (
            datetime.combine(at.date(), BEGIN, self.zone),
            datetime.combine(at.date(), END, self.zone),
        )
