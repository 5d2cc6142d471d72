"""The only writer of what becomes of deliveries, a few at a time in one short transaction."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from estafeta.lib.text import clean
from estafeta.notifications.causes import cause_of
from estafeta.notifications.models import ChannelState, Delivery, DeliveryState

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=30)
LONGEST_ASKED = timedelta(days=1)
"""However long the other side wants to be left alone."""
BATCH = 500


@dataclass(frozen=True)
class Ending:
    """What one try came to; what is not said stays empty."""

    delivery: Delivery
    state: DeliveryState
    next_attempt_at: datetime
    attempts: int
    error: str = ""
    cause: str = ""
    server_id: str = ""
    sent_at: datetime | None = None
    settled_at: datetime | None = None


def sent(delivery: Delivery, server_id: str) -> Ending:
    """The other side has it."""
    now = timezone.now()
    return Ending(
        delivery, DeliveryState.SENT, now, delivery.attempts, server_id=clean(server_id)[:250],
        sent_at=now, settled_at=now,
    )  # fmt: skip


def failed(delivery: Delivery, reason: str) -> Ending:
    """It was in vain and always will be."""
    return _given_up(delivery, DeliveryState.FAILED, reason)


def expired(delivery: Delivery, reason: str) -> Ending:
    """It is too late for it, or it has become pointless."""
    return _given_up(delivery, DeliveryState.EXPIRED, reason)


def waits(delivery: Delivery, reason: str, *, wait: timedelta) -> Ending:
    """It was in vain this time; there is another try later."""
    then = timezone.now() + min(wait, LONGEST_ASKED)
    return Ending(delivery, DeliveryState.QUEUED, then, delivery.attempts, reason, cause_of(reason))


def put_back(delivery: Delivery, *, until: datetime | None = None) -> Ending:
    """Its turn did not come; that was no try."""
    return Ending(
        delivery, DeliveryState.QUEUED, until or timezone.now(), delivery.attempts - 1,
        delivery.error, delivery.cause,
    )  # fmt: skip


def wait_after(attempts: int) -> timedelta:
    """Wait longer after each try, and unevenly, so that what failed together comes back apart."""
    wait = min(FIRST_WAIT * 4 ** min(attempts - 1, 6), LONGEST_WAIT)
    return wait * random.uniform(0.8, 1.2)


def write(endings: Sequence[Ending]) -> None:
    """Write them down, but for those whose lease has run out and that another worker has by now."""
    if not endings:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(_WRITE, [_values(ending) for ending in endings])


def postpone(delivery: Delivery, *, until: datetime) -> int:
    """Let what waits for the same address and is in nobody's hand wait so long; how many it were."""
    return waiting_with(delivery).filter(worker="", next_attempt_at__lt=until).update(
        next_attempt_at=until
    )  # fmt: skip


def waiting_with(delivery: Delivery) -> Any:
    """All that is queued for the same address of the same receiver."""
    return Delivery.objects.queued().filter(
        channel=delivery.channel, address=delivery.address, target=delivery.target_id,
        person=delivery.person_id,
    )  # fmt: skip


def expire_old() -> int:
    """Give up what has become too old where it lay, as behind a pause; how many it were."""
    return sum(map(_expire_old, ChannelState.objects.values_list("channel", flat=True)))


def _expire_old(channel: str) -> int:
    now, count = timezone.now(), 0
    rows = Delivery.objects.queued().filter(
        channel=channel, next_attempt_at__lte=now, expires_at__lte=now
    )
    while old := list(rows.values_list("pk", flat=True)[:BATCH]):
        count += rows.filter(pk__in=old).update(
            state=DeliveryState.EXPIRED, settled_at=now, worker=""
        )
    return count


def _given_up(delivery: Delivery, state: DeliveryState, reason: str) -> Ending:
    now = timezone.now()
    return Ending(
        delivery, state, now, delivery.attempts, reason, cause_of(reason), settled_at=now
    )  # fmt: skip


_WRITE = """
UPDATE notifications_delivery
SET state = %s, next_attempt_at = %s, attempts = %s, error = %s, cause = %s, server_id = %s,
    sent_at = %s, settled_at = %s, worker = ''
WHERE id = %s AND worker = %s AND attempts = %s AND state = 'queued'
"""


def _values(ending: Ending) -> tuple[Any, ...]:
    held, moment = ending.delivery, connection.ops.adapt_datetimefield_value
    return (
        str(ending.state), moment(ending.next_attempt_at), ending.attempts, ending.error,
        ending.cause, ending.server_id, moment(ending.sent_at), moment(ending.settled_at),
        held.pk, held.worker, held.attempts,
    )  # fmt: skip
