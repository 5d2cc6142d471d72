"""The bell does not remember for ever; the journal does."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from estafeta.notifications.models import Asked, Delivery, LinkCode, Notification, TalkCall

REMEMBERED = timedelta(days=180)
BATCH = 500


def forget_old() -> int:
    """Delete notifications, and what was sent of them, after half a year; how many it were."""
    border = timezone.now() - REMEMBERED
    Asked.objects.filter(at__lt=border).delete()
    LinkCode.objects.filter(expires_at__lt=timezone.now()).delete()
    TalkCall.objects.filter(leaves_at__lt=border).delete()
    forgotten = 0
    while True:
        # From the oldest on and without gaps: the live stream relies on it.
        rows = Notification.objects.order_by("pk").values_list("pk", "created_at")[:BATCH]
        old = [pk for pk, created_at in rows if created_at < border]
        if not old:
            return forgotten
        with transaction.atomic():
            Delivery.objects.filter(notification__in=old).delete()
            Notification.objects.filter(pk__in=old).delete()
        forgotten += len(old)


def forget_old_messages() -> int:
    """Delete what left without a notification, as to departments; how many deliveries it were."""
    border, forgotten = timezone.now() - REMEMBERED, 0
    rows = Delivery.objects.filter(settled_at__lt=border, notification=None)
    while old := list(rows.values_list("pk", flat=True)[:BATCH]):
        Delivery.objects.filter(pk__in=old).delete()
        forgotten += len(old)
    return forgotten
