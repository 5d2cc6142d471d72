"""Other systems keep copies of tickets: they hear which ones were removed for good.

A purge leaves no entry in any journal. Its protocol does not say where the ticket stood, so that
every webhook that wants to hear of changes is told the number, and nothing else of it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from estafeta.lib import nudge
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import Delivery, Progress, Webhook
from estafeta.notifications.webhooks.hearing import CHANNEL
from estafeta.tickets.models import Purge

NAME = "purged"
KEPT_TRYING = timedelta(days=3)
MOST_AT_ONCE = 200


def tell() -> int:
    """Queue what other systems have to know; how many purges it were."""
    told = 0
    while count := _tell_some():
        told += count
    return told


@transaction.atomic
def _tell_some() -> int:
    """The protocols and how far they were told, in one: nobody hears of one twice, or never."""
    Progress.objects.get_or_create(pk=1)
    progress = Progress.objects.select_for_update().get(pk=1)
    purges = list(Purge.objects.filter(seq__gt=progress.purge).order_by("seq")[:MOST_AT_ONCE])
    if not purges:
        return 0
    now = timezone.now()
    rows = Webhook.objects.listening().select_related("address")
    wanting = [row.address for row in rows if not row.kinds or Kind.CHANGED in row.kinds]
    Delivery.objects.bulk_create(
        Delivery(
            notice=_facts(purge), channel=CHANNEL, target=address, address=address.label,
            created_at=now, next_attempt_at=now, expires_at=now + KEPT_TRYING,
        )
        for purge in purges
        for address in wanting
    )  # fmt: skip
    progress.purge = purges[-1].seq
    progress.save(update_fields=["purge"])
    nudge.ring("notification")
    return len(purges)


def _facts(purge: Purge) -> dict[str, Any]:
    return {"name": NAME, "number": purge.number, "at": purge.at.isoformat(), "hash": purge.hash}
