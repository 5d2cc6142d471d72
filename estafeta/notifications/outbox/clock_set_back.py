"""A clock that ran ahead and was set back: what was queued meanwhile does not wait for that hour."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.utils import timezone

from estafeta.notifications import ledger
from estafeta.notifications.ladder.rungs import LONGEST_MINUTES
from estafeta.notifications.models import ChannelState, Climb, Delivery
from estafeta.notifications.models.delivery import DeliveryQuerySet
from estafeta.notifications.outbox import pace
from estafeta.notifications.outbox.bundle import LEASE

APART = timedelta(minutes=1)
"""Clocks of several machines may differ by less."""
BATCH = 1000
SOON = timedelta(minutes=10)
"""What waits for no longer than that only waits for more of its kind, and for no hour."""
LONGEST_GATHERED = timedelta(days=8)
"""A digest over a long quiet; more is no wish of anybody."""

_apart: float | None = None
"""The clock on the wall against the one that nobody sets, when this process last looked."""


def put_right() -> int:
    """Whatever was queued in what is now the future is due as of now; how many rows it were.

    That this process has seen the clock jump tells whether there is anything to do, or that it has
    just begun, or the newest row.
    """
    now = timezone.now()
    newest = Delivery.objects.order_by("-pk").values_list("created_at", flat=True).first()
    is_ahead = newest is not None and newest > now + APART
    was_set_back, has_begun = _look_at_the_clock()
    if not (is_ahead or was_set_back or has_begun):
        return 0
    _leases_and_rests(now, is_sure=is_ahead or was_set_back)
    ahead = Delivery.objects.queued().filter(created_at__gt=now + APART)
    count = _at_once(ahead.gathered(False), now) + _gathered(ahead.gathered(True), now)
    Delivery.objects.filter(created_at__gt=now + APART).update(created_at=now)
    return count


def _look_at_the_clock() -> tuple[bool, bool]:
    """Whether it was set back since this process looked, and whether it looks for the first time."""
    global _apart
    before, _apart = _apart, time.time() - time.monotonic()
    return before is not None and _apart < before - APART.total_seconds(), before is None


def _at_once(ahead: DeliveryQuerySet, now: datetime) -> int:
    count = 0
    while some := list(ahead.values_list("pk", flat=True)[:BATCH]):
        rows = Delivery.objects.queued().filter(pk__in=some)
        count += rows.update(created_at=now, next_attempt_at=now)
    return count


def _gathered(ahead: DeliveryQuerySet, now: datetime) -> int:
    """A digest keeps its hour, unless that lies beyond all wishes."""
    count = 0
    for pk, created_at, leaves_at in ahead.values_list("pk", "created_at", "next_attempt_at"):
        wait = leaves_at - created_at
        if wait <= SOON:
            leaves_at = now
        elif leaves_at > now + LONGEST_GATHERED:
            leaves_at = now + min(wait, LONGEST_GATHERED)
        rows = Delivery.objects.queued().filter(pk=pk)
        count += rows.update(created_at=now, next_attempt_at=leaves_at)
    return count


def _leases_and_rests(now: datetime, *, is_sure: bool) -> None:
    """What was reckoned from the wrong hour: leases of workers that are gone, tries, rests, rungs.

    Who is not sure touches only what no right clock can have written.
    """
    queued = Delivery.objects.queued()
    queued.exclude(worker="").filter(next_attempt_at__gt=now + LEASE + APART).update(
        next_attempt_at=now
    )
    tried = queued.gathered(False).filter(attempts__gt=0)
    longest = ledger.LONGEST_WAIT * 2 if is_sure else ledger.LONGEST_ASKED + APART
    tried.filter(next_attempt_at__gt=now + longest).update(next_attempt_at=now)
    rest = timedelta() if is_sure else pace.LONGEST_ASKED + APART
    ChannelState.objects.filter(broken_until__gt=now + rest).update(broken_until=now)
    ChannelState.objects.filter(filled_at__gt=now + APART).update(filled_at=now)
    rungs = Climb.objects.filter(next_at__gt=now + timedelta(minutes=LONGEST_MINUTES) + APART)
    rungs.update(next_at=now)
