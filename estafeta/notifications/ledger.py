"""The only writer of what becomes of deliveries."""

from __future__ import annotations

import os
import random
import socket
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from estafeta.notifications.models import Delivery, DeliveryState

WAITS = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))
LONGEST_WAIT = timedelta(minutes=30)


def worker_name() -> str:
    """Name this process so that an administrator can find it."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def claim(*, most: int, lease: timedelta) -> list[Delivery]:
    """Take due deliveries for as long as the lease runs; each counts as a try from now on."""
    now, worker = timezone.now(), worker_name()
    # Asked outside the transaction first: an idle worker must not take SQLite's right to write.
    if not Delivery.objects.due(now).exists():
        return []
    with transaction.atomic():
        due = Delivery.objects.due(now).select_for_update(skip_locked=True, of=("self",))
        taken = list(due[:most])
        for delivery in taken:
            delivery.attempts += 1
            delivery.worker, delivery.next_attempt_at = worker, now + lease
        Delivery.objects.bulk_update(taken, ["attempts", "worker", "next_attempt_at"])
    rows = Delivery.objects.filter(pk__in=[delivery.pk for delivery in taken])
    return list(
        rows.select_related(
            "person", "target", "notification__person", "notification__entry__ticket",
            "notification__entry__actor", "notification__entry__comment",
        )
    )  # fmt: skip


def sent(delivery: Delivery, server_id: str) -> None:
    """The other side has it."""
    now = timezone.now()
    _settle(
        delivery, state=DeliveryState.SENT, sent_at=now, settled_at=now,
        server_id=server_id[:250], error="",
    )  # fmt: skip


def failed(delivery: Delivery, reason: str, *, permanent: bool) -> None:
    """It was in vain this time; unless it always will be, there is another try later."""
    if permanent:
        now = timezone.now()
        _settle(delivery, state=DeliveryState.FAILED, settled_at=now, error=reason)
    else:
        _settle(
            delivery, error=reason, next_attempt_at=timezone.now() + wait_after(delivery.attempts)
        )


def expire(delivery: Delivery, reason: str) -> None:
    """It is too late for it, or it has become pointless."""
    now = timezone.now()
    _settle(delivery, state=DeliveryState.EXPIRED, settled_at=now, error=reason)


def put_back(delivery: Delivery) -> None:
    """Its turn did not come; that was no try."""
    _settle(delivery, attempts=delivery.attempts - 1, next_attempt_at=timezone.now())


def wait_after(attempts: int) -> timedelta:
    """Wait longer after each try, and unevenly, so that what failed together comes back apart."""
    wait = WAITS[attempts - 1] if attempts <= len(WAITS) else LONGEST_WAIT
    return wait * random.uniform(0.8, 1.2)


def _settle(delivery: Delivery, **changes: object) -> None:
    """Write it down, unless the lease has run out and another worker has the delivery by now."""
    in_hand = Delivery.objects.filter(
        pk=delivery.pk, worker=delivery.worker, attempts=delivery.attempts,
        state=DeliveryState.QUEUED,
    )  # fmt: skip
    in_hand.update(worker="", **changes)
