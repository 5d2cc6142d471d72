"""What is set for a channel, at most some seconds old: the fan-out and every message ask."""

from __future__ import annotations

import logging
from typing import Any, NamedTuple

from estafeta.lib.sealed import CannotBeOpened
from estafeta.lib.short_memory import ShortMemory
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.channels.channel import Channel
from estafeta.notifications.models import ChannelSettings

log = logging.getLogger(__name__)


class Kept(NamedTuple):
    """The rows, and the values of those that were opened already."""

    rows: dict[str, ChannelSettings]
    values: dict[str, dict[str, Any]]


def _rows() -> Kept:
    return Kept({row.channel: row for row in ChannelSettings.objects.all()}, {})


_kept = ShortMemory(_rows)


def values_of(channel: str) -> dict[str, Any]:
    """What administrators set; empty for what they never touched."""
    kept = _kept.current()
    if channel not in kept.values:
        row = kept.rows.get(channel)
        kept.values[channel] = opened(row) if row else {}
    return kept.values[channel]


def opened(row: ChannelSettings) -> dict[str, Any]:
    """Its values; nothing where the key of the installation has changed since."""
    try:
        return row.values
    except CannotBeOpened:  # the other channels must not suffer; `estafeta doctor` tells of it
        log.error("What is set for %s was sealed under another key.", row)
        return {}


def is_readable(row: ChannelSettings) -> bool:
    """Whether its values were sealed under the key of now."""
    try:
        return row.values is not None
    except CannotBeOpened:
        return False


def ready() -> dict[str, Channel]:
    """The channels by which something can leave now."""
    return {name: channel for name, channel in CHANNELS.items() if is_ready(channel)}


def is_ready(channel: Channel) -> bool:
    """Whether it is switched on and enough is set; what was never touched is as it comes."""
    row = _kept.current().rows.get(channel.name)
    if row is None:
        return channel.is_on_by_itself and channel.is_ready({})
    return row.is_on and channel.is_ready(values_of(channel.name))


def messages_a_minute(channel: str) -> int | None:
    """The most that administrators let leave; None: they set nothing."""
    row = _kept.current().rows.get(channel)
    return row.messages_a_minute if row else None


def forget() -> None:
    """Read again next time; for whoever has just changed something."""
    _kept.forget()
