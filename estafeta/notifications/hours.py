"""When a message may leave: gathered every hour or day, and not in somebody's quiet hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from estafeta.accounts.models import Person, Site
from estafeta.notifications.models import Rhythm
from estafeta.notifications.wishes import Chosen

MORNING = time(8)
SATURDAY = 5
MOST_STEPS = 20
"""From one border to the next; a week of nights and a weekend has fewer."""


@dataclass(frozen=True)
class Hours:
    """One person's time, by the clock on his wall."""

    zone: tzinfo
    rhythm: Rhythm = Rhythm.AT_ONCE
    daily_at: time = MORNING
    quiet_from: time | None = None
    quiet_until: time | None = None
    is_quiet_at_weekends: bool = False
    urgent_breaks_quiet: bool = True

    @classmethod
    def of(cls, person: Person, chosen: Chosen) -> Hours:
        """As he wishes, in his zone."""
        zone, wishes = person.zone or Site.current().zone, chosen.wishes
        if wishes is None:
            return cls(zone, chosen.rhythm)
        return cls(
            zone, chosen.rhythm, wishes.daily_at, wishes.quiet_from, wishes.quiet_until,
            wishes.is_quiet_at_weekends, wishes.urgent_breaks_quiet,
        )  # fmt: skip

    def leaves_at(self, now: datetime, *, is_urgent: bool = False) -> datetime:
        """Give `now` for what need not wait."""
        if is_urgent and self.urgent_breaks_quiet:
            return now
        moment = self._by_rhythm(now)
        for _step in range(MOST_STEPS):
            if not self.is_quiet(moment):
                break
            moment = min(self._next(moment, border) for border in self._borders())
        return moment

    def is_quiet(self, moment: datetime) -> bool:
        """Whether nothing should come then."""
        local = moment.astimezone(self.zone)
        if self.is_quiet_at_weekends and local.weekday() >= SATURDAY:
            return True
        start, end, clock = self.quiet_from, self.quiet_until, local.time()
        if start is None or end is None or start == end:
            return False
        return start <= clock < end if start < end else clock >= start or clock < end

    def _by_rhythm(self, now: datetime) -> datetime:
        if self.rhythm == Rhythm.DAILY:
            return self._next(now, self.daily_at)
        if self.rhythm == Rhythm.HOURLY:
            local = now.astimezone(self.zone)
            # Counted on, not set: by the wall an hour may be missing or come twice.
            passed = timedelta(
                minutes=local.minute, seconds=local.second, microseconds=local.microsecond
            )
            return now - passed + timedelta(hours=1)
        return now

    def _borders(self) -> list[time]:
        """Where quiet may end: weekends end at midnight."""
        return [time(0), *([self.quiet_until] if self.quiet_until else [])]

    def _next(self, moment: datetime, clock: time) -> datetime:
        """When the wall shows this time next; where it never does, when it would have."""
        today = moment.astimezone(self.zone).date()
        days = (today + timedelta(days=number) for number in range(3))
        # In autumn an hour comes twice, and the first of the two may be over already.
        found = (
            datetime.combine(day, clock, self.zone).replace(fold=fold).astimezone(UTC)
            for day in days
            for fold in (0, 1)
        )
        return next(when for when in found if when > moment)
