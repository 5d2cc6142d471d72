"""What a worker has in hand: deliveries that travel in one message, and the message itself."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from estafeta.notifications.models import Delivery

LEASE = timedelta(minutes=4)
ENOUGH_SECONDS = LEASE.total_seconds() / 2
"""What has not had its turn after so long goes back: an attempt must not outlast the lease."""


@dataclass(frozen=True)
class Bundle:
    """One delivery, or those gathered for one address; never empty."""

    rows: Sequence[Delivery]
    place: str
    """What may hang without anything else hanging; only one message at a time goes there."""
    since: float = field(default_factory=time.monotonic)

    @property
    def first(self) -> Delivery:
        """Stands for all where they are alike: channel, address, receiver."""
        return self.rows[0]

    @property
    def is_late(self) -> bool:
        """Whether its turn would come too near to the end of the lease."""
        return time.monotonic() - self.since > ENOUGH_SECONDS


@dataclass(frozen=True)
class Letter:
    """A bundle in the form in which its channel hands it over."""

    bundle: Bundle
    message: bytes
    to: str


Outcome = str | Exception | None
"""The other side's name for it, what went wrong, or None: its turn did not come."""
