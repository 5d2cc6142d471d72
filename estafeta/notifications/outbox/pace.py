"""How a channel is doing, as all workers see it: paused, broken, or so many messages a minute.

A channel that fails for no fault of its messages is left alone for a while, which grows; then one
message goes ahead of the others. What was due meanwhile stays due and counts no tries.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from estafeta.notifications import channel_settings
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.channels.channel import Channel
from estafeta.notifications.models import ChannelState, Delivery

log = logging.getLogger(__name__)

FAULTS_BEFORE_REST = 3
FIRST_REST, LONGEST_REST = timedelta(seconds=15), timedelta(minutes=5)
LONGEST_ASKED = timedelta(hours=6)
"""However long the other side wants its peace."""
PROBE = timedelta(minutes=2)
"""So long other workers leave the channel to the one whose message went ahead."""
BURST_SECONDS = 10.0
"""What was not sent for so long may be sent at once."""


def due() -> list[Channel]:
    """Channels by which something may leave now; one question of the database."""
    now = timezone.now()
    waiting = Delivery.objects.due(now).filter(channel=OuterRef("channel"))
    # Not EXISTS, for which PostgreSQL likes to read all that is due.
    states = ChannelState.objects.annotate(
        single=Subquery(waiting.gathered(False).values("pk")[:1]),
        gathered=Subquery(waiting.gathered(True).values("pk")[:1]),
    )
    found = {state.channel: state for state in states}
    if _make_missing(found):
        return due()
    return [
        CHANNELS[name]
        for name, state in found.items()
        if name in CHANNELS
        and (state.single or state.gathered)
        and _may_leave(state, now)
        and channel_settings.is_ready(CHANNELS[name])
    ]


def _make_missing(found: Iterable[str]) -> bool:
    missing = sorted(CHANNELS.keys() - set(found))
    rows = (ChannelState(channel=name) for name in missing)
    ChannelState.objects.bulk_create(rows, ignore_conflicts=True)
    return bool(missing)


def _may_leave(state: ChannelState, now: datetime) -> bool:
    return state.paused_at is None and (state.broken_until is None or state.broken_until <= now)


class Gate(NamedTuple):
    """How many messages a worker may claim, and how many faults in a row there were so far."""

    most: int
    faults: int = 0
    is_probe: bool = False
    """One message goes ahead of the others: does the channel work again?"""


def gate(channel: Channel, *, most: int) -> Gate:
    """Ask before each claim."""
    state = ChannelState.objects.filter(channel=channel.name).first()
    if state is None:
        _make_missing(())
        return Gate(most)
    now = timezone.now()
    if not _may_leave(state, now) or not channel_settings.is_ready(channel):
        return Gate(0, state.failures)
    if state.broken_until is None:
        return Gate(most, state.failures)
    # Whoever changes the row first sends the one that goes ahead.
    mine = ChannelState.objects.filter(channel=channel.name, broken_until=state.broken_until)
    return Gate(int(mine.update(broken_until=now + PROBE) == 1), state.failures, is_probe=True)


def end_probe(channel: Channel) -> None:
    """There was nothing to try it with; the next message will do."""
    rows = ChannelState.objects.filter(channel=channel.name, broken_until__isnull=False)
    rows.update(broken_until=timezone.now())


def rate_of(channel: Channel) -> int | None:
    """Messages a minute, as administrators or the channel itself have it; None: any number."""
    return channel_settings.messages_a_minute(channel.name) or channel.messages_a_minute


def take(channel: Channel, wanted: int) -> int:
    """Take tokens for so many messages, or for as many as there are; inside the claim."""
    rate = rate_of(channel)
    if rate is None:
        return wanted
    state = ChannelState.objects.select_for_update().get(channel=channel.name)
    tokens = _tokens(state, rate, timezone.now())
    granted = min(wanted, int(tokens))
    _keep(state, tokens - granted)
    return granted


def give_back(channel: Channel, unused: int) -> None:
    """These were not needed after all; inside the same claim."""
    if unused and rate_of(channel) is not None:
        ChannelState.objects.filter(channel=channel.name).update(tokens=F("tokens") + unused)


def _tokens(state: ChannelState, rate: int, now: datetime) -> float:
    most = max(1.0, rate * BURST_SECONDS / 60)
    if state.filled_at is None:
        return most
    # None since the clock was set back.
    seconds = max(0.0, (now - state.filled_at).total_seconds())
    return min(most, state.tokens + seconds * rate / 60)


def _keep(state: ChannelState, tokens: float) -> None:
    state.tokens, state.filled_at = tokens, timezone.now()
    state.save(update_fields=["tokens", "filled_at"])


def fault(channel: Channel, reason: str, *, retry_after: float | None, is_probe: bool) -> bool:
    """It failed for no fault of the message; whether it is left alone now.

    Messages that were on their way when it failed say nothing new: only the first of them counts,
    and the one that goes ahead later.
    """
    rows, now = ChannelState.objects.filter(channel=channel.name), timezone.now()
    if not is_probe and rows.filter(broken_until__gt=now).exists():
        return True
    rows.update(failures=F("failures") + 1, last_error=reason)
    failures = rows.values_list("failures", flat=True).first() or 0
    if retry_after is None and failures < FAULTS_BEFORE_REST:
        return False
    asked = timedelta(seconds=retry_after or 0)
    rows.update(broken_until=now + max(_rest_after(failures), min(asked, LONGEST_ASKED)))
    log.warning("%s is left alone for a while: %s", channel.name, reason)
    return True


def _rest_after(failures: int) -> timedelta:
    doublings = min(max(failures - FAULTS_BEFORE_REST, 0), 10)
    return min(FIRST_REST * 2**doublings, LONGEST_REST) * random.uniform(0.8, 1)


def works(channel: Channel) -> None:
    """Something was handed over: it is well again."""
    ChannelState.objects.filter(channel=channel.name).update(
        failures=0, broken_until=None, last_error=""
    )
