"""The ledger: one row for each message that leaves the house, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class DeliveryState(models.TextChoices):
    """Where a delivery stands."""

    QUEUED = "queued", pgettext_lazy("delivery", "Queued")
    SENT = "sent", pgettext_lazy("delivery", "Sent")
    FAILED = "failed", pgettext_lazy("delivery", "Failed")
    EXPIRED = "expired", pgettext_lazy("delivery", "Expired")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Chooses deliveries."""

    def due(self, now: datetime) -> DeliveryQuerySet:
        """Choose what a worker may take now, the longest waiting first."""
        queued = self.filter(state=DeliveryState.QUEUED, next_attempt_at__lte=now)
        return queued.order_by("next_attempt_at", "pk")


class Delivery(models.Model):
    """A notification on its way to one address over one channel."""

    notification = models.ForeignKey(
        "notifications.Notification", models.CASCADE, related_name="deliveries"
    )
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=320)
    state = models.CharField(max_length=8, choices=DeliveryState, default=DeliveryState.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    # When a worker may take it: the time of the next try or, while `worker` has it in hand, the end
    # of that worker's lease. One column for both keeps the claim a short walk along one index.
    next_attempt_at = models.DateTimeField()
    worker = models.CharField(max_length=100, blank=True)
    # How the receiving server calls it, once it has taken it.
    server_id = models.CharField(max_length=250, blank=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["notification", "channel", "address"], name="delivery_once_an_address"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state=DeliveryState.QUEUED),
                name="delivery_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} #{self.pk}"
