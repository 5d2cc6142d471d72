"""What leaves the house: claim due deliveries, hand them over, write down what became of each.

A delivery is tried at least once and never lost: a worker that dies keeps it only until its lease
ends. Nothing is sent inside a transaction, and each result is written as soon as it is known, so
that a death repeats at most the messages in hand, under the same names.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from itertools import groupby
from queue import Empty, Queue

from django.utils import timezone

from estafeta.notifications import channel_settings, ledger
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.channels.channel import Channel, DeliveryError, Values
from estafeta.notifications.concern import still_concern
from estafeta.notifications.content import content_of
from estafeta.notifications.message import speaking_to
from estafeta.notifications.models import Delivery

log = logging.getLogger(__name__)

MOST_AT_ONCE = 40
MESSAGES_A_LINE = 4
LEASE = timedelta(minutes=5)
ENOUGH = LEASE / 2
"""After so long the rest of a batch goes back: a slow server must not outlast the lease."""

Written = tuple[Delivery, bytes]
Outcome = str | Exception | None
"""The other side's name for it, what went wrong, or None: its turn did not come."""


def run_once() -> int:
    """Try some due deliveries; how many had their turn."""
    claimed = ledger.claim(most=MOST_AT_ONCE, lease=LEASE)
    if not claimed:
        return 0
    wanted = still_concern(
        delivery.notification for delivery in claimed if delivery.notification is not None
    )
    for name, deliveries in groupby(sorted(claimed, key=_channel), key=_channel):
        channel = CHANNELS[name]
        values = channel_settings.values_of(name)
        _hand_over(channel, [*_write(channel, values, deliveries, wanted)], values)
    return len(claimed)


def _channel(delivery: Delivery) -> str:
    return delivery.channel


def _write(
    channel: Channel, values: Values, deliveries: Iterable[Delivery], wanted: set[int]
) -> Iterable[Written]:
    """Give what can be sent; settle the rest."""
    for delivery in deliveries:
        if delivery.notification_id not in wanted:
            ledger.expire(delivery, "The ticket no longer concerns this person.")
        elif _is_taken_back(delivery):
            ledger.expire(delivery, "What it tells of was deleted.")
        elif delivery.expires_at <= timezone.now():
            ledger.expire(delivery, delivery.error or "It became too old.")
        else:
            try:
                assert delivery.person is not None
                with speaking_to(delivery.person):
                    content = content_of([delivery])
                    yield delivery, channel.write(content, [delivery], values)
            except Exception as error:  # what cannot be written now will not be better later
                log.exception("%s cannot be written", delivery)
                ledger.failed(delivery, f"{type(error).__name__}: {error}", permanent=True)


def _is_taken_back(delivery: Delivery) -> bool:
    assert delivery.notification is not None
    comment = delivery.notification.entry.comment
    return comment is not None and comment.deleted_at is not None


def _hand_over(channel: Channel, written: list[Written], values: Values) -> None:
    waiting = deque(written)
    # No longer: a line sends nothing more before its last result is written down, or nearly so.
    outcomes: Queue[tuple[Delivery, Outcome]] = Queue(maxsize=1)
    ends = time.monotonic() + ENOUGH.total_seconds()
    lines = min(channel.lines, -(-len(written) // MESSAGES_A_LINE))
    with ThreadPoolExecutor(lines or 1, thread_name_prefix="line") as pool:
        working = [
            pool.submit(_work_off, channel, values, waiting, outcomes, ends) for _ in range(lines)
        ]
        try:
            # Written down here and not by the lines: they need no database of their own.
            for _ in written:
                _settle(*outcomes.get())
        except BaseException:
            _stop(working, waiting, outcomes)
            raise


def _stop(
    working: list[Future[None]],
    waiting: deque[Written],
    outcomes: Queue[tuple[Delivery, Outcome]],
) -> None:
    """Nothing can be written down now: send no more, and let the lines end."""
    waiting.clear()
    while not all(line.done() for line in working):
        with suppress(Empty):
            outcomes.get(timeout=0.1)


def _work_off(
    channel: Channel,
    values: Values,
    waiting: deque[Written],
    outcomes: Queue[tuple[Delivery, Outcome]],
    ends: float,
) -> None:
    with channel.open(values) as sender:
        while waiting:
            try:
                delivery, message = waiting.popleft()
            except IndexError:  # another line was quicker
                return
            outcome: Outcome = None
            if time.monotonic() < ends:
                try:
                    outcome = sender.send(message, to=channel.address_of(delivery))
                except Exception as error:
                    outcome = error
            outcomes.put((delivery, outcome))


def _settle(delivery: Delivery, outcome: Outcome) -> None:
    if outcome is None:
        ledger.put_back(delivery)
    elif isinstance(outcome, str):
        ledger.sent(delivery, outcome)
    elif isinstance(outcome, DeliveryError):
        ledger.failed(delivery, str(outcome), permanent=outcome.permanent)
    else:
        log.error("%s failed in a way nobody expected", delivery, exc_info=outcome)
        reason = f"{type(outcome).__name__}: {outcome}"
        ledger.failed(delivery, reason, permanent=False)
