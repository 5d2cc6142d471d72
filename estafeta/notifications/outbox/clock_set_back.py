"""A clock that ran ahead and was set back: what was queued meanwhile does not wait for that hour."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from estafeta.notifications.ledger import LONGEST_WAIT
from estafeta.notifications.models import ChannelState, Delivery

APART = timedelta(minutes=1)
"""Clocks of several machines may differ by less."""
BATCH = 1000


def put_right() -> int:
    """Whatever was queued in what is now the future is due as of now; how many rows it were.

    The newest row tells whether there is anything to do; rows that shall wait (gathered ones) keep
    their time.
    """
    now = timezone.now()
    newest = Delivery.objects.order_by("-pk").values_list("created_at", flat=True).first()
    if newest is None or newest <= now + APART:
        return 0
    ahead = Delivery.objects.queued().filter(created_at__gt=now, is_gathered=False)
    count = 0
    while some := list(ahead.values_list("pk", flat=True)[:BATCH]):
        count += (
            Delivery.objects.queued()
            .filter(pk__in=some)
            .update(created_at=now, next_attempt_at=now)
        )
    Delivery.objects.filter(created_at__gt=now).update(created_at=now)
    # Rests and further tries that were reckoned from the wrong hour.
    Delivery.objects.queued().filter(
        is_gathered=False, attempts__gt=0, next_attempt_at__gt=now + LONGEST_WAIT * 2
    ).update(next_attempt_at=now)
    ChannelState.objects.filter(broken_until__gt=now).update(broken_until=now)
    ChannelState.objects.update(filled_at=now)
    return count
