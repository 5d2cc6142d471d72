"""A webhook that has taken nothing for days is switched off, and administrators hear of it."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Max, Min
from django.utils import timezone

from estafeta.notifications.concern import REASONS
from estafeta.notifications.models import Delivery, DeliveryState, Webhook
from estafeta.notifications.outbox import dead
from estafeta.notifications.webhooks.hearing import NOT_WANTED

PATIENCE = timedelta(days=5)
POINTLESS = (*REASONS, NOT_WANTED)


def switch_off_due() -> int:
    """Look at each; how many were switched off."""
    return sum(_look(webhook) for webhook in Webhook.objects.listening().select_related("address"))


def _look(webhook: Webhook) -> bool:
    rows = Delivery.objects.filter(target=webhook.address_id)
    arrived = rows.filter(state=DeliveryState.SENT).aggregate(at=Max("sent_at"))["at"]
    # What became pointless before it left, or waited behind a pause, says nothing of the other side.
    vain = rows.exclude(state=DeliveryState.SENT).exclude(error="").exclude(error__in=POINTLESS)
    if good := [at for at in (arrived, webhook.tried_again_at) if at is not None]:
        vain = vain.filter(created_at__gt=max(good))
    since = vain.aggregate(at=Min("created_at"))["at"]
    if since != webhook.failing_since:
        Webhook.objects.filter(pk=webhook.pk).update(failing_since=since)
    if since is None or timezone.now() - since < PATIENCE:
        return False
    last = vain.latest("pk")
    return dead.stop(last, f"Nothing has arrived for {PATIENCE.days} days. {last.error}".strip())
