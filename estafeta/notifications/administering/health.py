"""How channels are doing: for the page of the administration and for `estafeta doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from estafeta.notifications import channel_settings
from estafeta.notifications.administering.settings import is_secret, stored
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.channels.channel import Channel
from estafeta.notifications.models import ChannelSettings, ChannelState, Delivery, DeliveryState

NEWEST = 20_000
"""So many of the newest deliveries are looked at: the ledger may be long."""
LATELY = timedelta(days=7)


@dataclass(frozen=True)
class Health:
    """One channel. `missing` are labels of what has to be filled in."""

    channel: Channel
    is_untouched: bool
    """Nobody has ever saved its settings."""
    is_on: bool
    is_ready: bool
    missing: list[str]
    is_sealed: bool
    """What is set cannot be read: the key of the installation has changed."""
    paused_at: datetime | None
    broken_until: datetime | None
    last_error: str
    sent_at: datetime | None
    failed_at: datetime | None

    @property
    def state(self) -> str:
        """off, missing, paused, broken, or works."""
        if not self.is_on:
            return "off"
        if not self.is_ready:
            return "missing"
        if self.paused_at is not None:
            return "paused"
        if self.broken_until is not None or self.last_error:
            return "broken"
        return "works"


def of_all() -> list[Health]:
    """All channels, in the order of the registry; four queries."""
    settings = {row.channel: row for row in ChannelSettings.objects.all()}
    states = {row.channel: row for row in ChannelState.objects.all()}
    newest = Delivery.objects.aggregate(newest=Max("pk"))["newest"] or 0
    rows = Delivery.objects.filter(pk__gt=newest - NEWEST).order_by()
    ended = {
        (channel, state): at
        for channel, state, at in rows.values("channel", "state")
        .annotate(at=Max("settled_at"))
        .values_list("channel", "state", "at")
    }
    return [
        _health(channel, settings.get(name), states.get(name), ended)
        for name, channel in CHANNELS.items()
    ]


def of(channel: Channel) -> Health:
    """One of them."""
    return next(health for health in of_all() if health.channel is channel)


def _health(
    channel: Channel,
    settings: ChannelSettings | None,
    state: ChannelState | None,
    ended: dict[tuple[str, str], datetime | None],
) -> Health:
    values = channel_settings.opened(settings) if settings else {}
    return Health(
        channel=channel,
        is_untouched=settings is None,
        is_on=settings.is_on if settings else channel.is_on_by_itself,
        is_ready=channel.is_ready(values),
        missing=missing_of(channel),
        is_sealed=settings is not None and not channel_settings.is_readable(settings),
        paused_at=state.paused_at if state else None,
        broken_until=_still(state.broken_until) if state else None,
        last_error=state.last_error if state and state.failures else "",
        sent_at=ended.get((channel.name, DeliveryState.SENT)),
        failed_at=ended.get((channel.name, DeliveryState.FAILED)),
    )


def missing_of(channel: Channel) -> list[str]:
    """Labels of the fields without which nothing can be sent."""
    values = {**stored(channel), **channel.set_outside()}
    if channel.form is None or channel.is_ready(values):
        return []
    fields = channel.form.base_fields.items()
    needed = [name for name, field in fields if field.required or is_secret(field)]
    wanted = channel.needed or needed
    labels = {name: str(field.label or name) for name, field in fields}
    return [labels[name] for name in wanted if name in labels and not values.get(name)]


def _still(until: datetime | None) -> datetime | None:
    return until if until is not None and until > timezone.now() else None
