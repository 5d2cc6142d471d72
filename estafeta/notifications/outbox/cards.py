"""Messages follow the card: whoever has another address on it by now is written to there."""

from __future__ import annotations

from collections.abc import Iterable

from estafeta.notifications.channels.channel import Channel
from estafeta.notifications.models import Delivery


def follow(channel: Channel, rows: Iterable[Delivery]) -> None:
    """What was queued for the address that a card had before goes to the one that it has now.

    The one before may have been a slip of the pen: a stranger would go on reading.
    """
    if not channel.is_on_card:
        return
    for row in rows:
        if row.target is not None or row.person is None:
            continue
        current = [one.shown for one in channel.targets_of(row.person, ())]
        if current and row.address not in current:
            row.address = current[0]
            Delivery.objects.filter(pk=row.pk).update(address=row.address)
