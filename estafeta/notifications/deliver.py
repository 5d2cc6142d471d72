"""What leaves the house: claim due deliveries, hand them over, write down what became of each.

A delivery is tried at least once and never lost: a worker that dies keeps it only until its lease
ends. Nothing is sent inside a transaction, and each result is written as soon as it is known, so
that a death repeats at most the message in hand, under the same name.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from itertools import groupby

from django.utils import timezone

from estafeta.notifications import ledger
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.channels.channel import DeliveryError, Sender
from estafeta.notifications.concern import still_concern
from estafeta.notifications.models import Delivery

log = logging.getLogger(__name__)

MOST_AT_ONCE = 20
LEASE = timedelta(minutes=5)
ENOUGH = LEASE / 2
"""After so long the rest of a batch goes back: a slow server must not outlast the lease."""


def run_once() -> int:
    """Try some due deliveries; how many had their turn."""
    claimed = ledger.claim(most=MOST_AT_ONCE, lease=LEASE)
    if not claimed:
        return 0
    wanted = still_concern(delivery.notification for delivery in claimed)
    ends = time.monotonic() + ENOUGH.total_seconds()
    for name, deliveries in groupby(sorted(claimed, key=_channel), key=_channel):
        with CHANNELS[name].open() as sender:
            for delivery in deliveries:
                if delivery.notification_id not in wanted:
                    ledger.expire(delivery, "The ticket no longer concerns this person.")
                elif time.monotonic() > ends:
                    ledger.put_back(delivery)
                else:
                    _send(sender, delivery)
    return len(claimed)


def _channel(delivery: Delivery) -> str:
    return delivery.channel


def _send(sender: Sender, delivery: Delivery) -> None:
    if delivery.expires_at <= timezone.now():
        return ledger.expire(delivery, delivery.error or "It became too old.")
    try:
        server_id = sender.send(delivery)
    except DeliveryError as error:
        ledger.failed(delivery, str(error), permanent=error.permanent)
    except Exception as error:  # a message that cannot be written will not be better later
        log.exception("%s cannot be written", delivery)
        ledger.failed(delivery, f"{type(error).__name__}: {error}", permanent=True)
    else:
        ledger.sent(delivery, server_id)
