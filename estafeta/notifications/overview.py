"""How the queue is doing, in numbers: what waits and how long, what left, what failed and why.

Each function is one question, answered from an index alone.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import TruncMinute
from django.utils import timezone

from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.models import ChannelState, Delivery, DeliveryState

RECENT = timedelta(minutes=5)
"""Rates a minute are of so long; the hour beside them shows whether that is usual."""
HOUR = timedelta(hours=1)


class Queue(NamedTuple):
    """What waits by one channel."""

    waiting: int = 0
    due: int = 0
    """Of these, what should be on its way by now."""
    oldest: datetime | None = None
    """Since when the first of them has been waiting."""
    late_since: datetime | None = None
    """When the first of those that are due should have left."""


class Rate(NamedTuple):
    """What became of messages lately."""

    sent_a_minute: float = 0.0
    sent_within_hour: int = 0
    failed_within_hour: int = 0


class Failures(NamedTuple):
    """What failed for one cause."""

    channel: str
    cause: str
    amount: int
    last_at: datetime
    example: int
    """Id of the newest of these deliveries, whose `error` says it in full."""


def queues() -> dict[str, Queue]:
    """By channel; of channels for which nothing waits too."""
    now = timezone.now()
    due = Q(next_attempt_at__lte=now)
    rows = Delivery.objects.queued().order_by().values_list("channel")
    counted = rows.annotate(
        waiting=Count("pk"), due=Count("pk", filter=due), first=Min("pk"),
        late=Min("next_attempt_at", filter=due),
    )  # fmt: skip
    found = {channel: numbers for channel, *numbers in counted}
    firsts = [first for _waiting, _count, first, _late in found.values()]
    since = dict(Delivery.objects.filter(pk__in=firsts).values_list("pk", "created_at"))
    told = {
        channel: Queue(waiting, count, since.get(first), late)
        for channel, (waiting, count, first, late) in found.items()
    }
    return {name: told.get(name, Queue()) for name in {**CHANNELS, **told}}


def rates() -> dict[str, Rate]:
    """By channel."""
    now = timezone.now()
    rows = Delivery.objects.filter(settled_at__gt=now - HOUR).order_by().values_list("channel")
    sent, recent = Q(state=DeliveryState.SENT), Q(settled_at__gt=now - RECENT)
    counted = rows.annotate(
        lately=Count("pk", filter=sent & recent), sent=Count("pk", filter=sent),
        failed=Count("pk", filter=Q(state=DeliveryState.FAILED)),
    )  # fmt: skip
    a_minute = timedelta(minutes=1) / RECENT
    found = {
        channel: Rate(lately * a_minute, within_hour, failed)
        for channel, lately, within_hour, failed in counted
    }
    return {name: found.get(name, Rate()) for name in {**CHANNELS, **found}}


def sent_by_minute(channel: str, *, minutes: int = 60) -> list[tuple[datetime, int]]:
    """How many messages left in each minute in which there were any, the oldest first."""
    since = timezone.now() - timedelta(minutes=minutes)
    rows = Delivery.objects.filter(
        settled_at__gt=since, channel=channel, state=DeliveryState.SENT
    ).order_by()
    by_minute = rows.annotate(minute=TruncMinute("settled_at")).values_list("minute")
    return sorted(by_minute.annotate(amount=Count("pk")))


def failures(channel: str = "", *, most: int = 50) -> list[Failures]:
    """What failed, by cause, the most frequent first; of one channel or of all."""
    rows = Delivery.objects.filter(state=DeliveryState.FAILED)
    rows = rows.filter(channel=channel) if channel else rows
    grouped = (
        rows.order_by()
        .values_list("channel", "cause")
        .annotate(amount=Count("pk"), last_at=Max("settled_at"), example=Max("pk"))
    )
    return [Failures(*row) for row in grouped.order_by("-amount", "channel", "cause")[:most]]


def states() -> dict[str, ChannelState]:
    """Which channels are paused or rest, by whom and why."""
    rows = {row.channel: row for row in ChannelState.objects.select_related("paused_by")}
    return {name: rows.get(name, ChannelState(channel=name)) for name in {**CHANNELS, **rows}}
