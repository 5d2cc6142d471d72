"""A webhook that has taken nothing for days is switched off, and administrators hear of it."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Max, Min
from django.utils import timezone

from estafeta.notifications.models import Delivery, DeliveryState, Webhook
from estafeta.notifications.outbox import dead

PATIENCE = timedelta(days=5)


def switch_off_due() -> int:
    """Look at each; how many were switched off."""
    return sum(_look(webhook) for webhook in Webhook.objects.listening().select_related("address"))


def _look(webhook: Webhook) -> bool:
    rows = Delivery.objects.filter(target=webhook.address_id)
    arrived = rows.filter(state=DeliveryState.SENT).aggregate(at=Max("sent_at"))["at"]
    vain = rows.exclude(state=DeliveryState.SENT).exclude(error="", state=DeliveryState.QUEUED)
    if arrived is not None:
        vain = vain.filter(created_at__gt=arrived)
    since = vain.aggregate(at=Min("created_at"))["at"]
    if since != webhook.failing_since:
        Webhook.objects.filter(pk=webhook.pk).update(failing_since=since)
    if since is None or timezone.now() - since < PATIENCE:
        return False
    last = vain.latest("pk")
    return dead.stop(last, f"Nothing has arrived for {PATIENCE.days} days. {last.error}".strip())
