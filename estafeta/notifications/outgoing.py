"""One message for nobody in particular, before it is written down as a delivery."""

from __future__ import annotations

from typing import NamedTuple

from estafeta.notifications.channels.channel import Target
from estafeta.tickets.models import Entry


class Outgoing(NamedTuple):
    """One entry for one address."""

    entry: Entry
    channel: str
    target: Target
    may_wait: bool = True
    """Of a run over many tickets all may travel in one message."""
