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

    def queued(self) -> DeliveryQuerySet:
        """Choose what has neither been sent nor given up."""
        return self.filter(state=DeliveryState.QUEUED)

    def gathered(self, wanted: bool) -> DeliveryQuerySet:
        """Choose those that are gathered, or the others.

        Not by equality: of that Django makes a bare column, by which SQLite finds nothing in an index.
        """
        return self.filter(is_gathered__in=[wanted])

    def due(self, now: datetime) -> DeliveryQuerySet:
        """Choose what a worker may take now, the longest waiting first."""
        return self.queued().filter(next_attempt_at__lte=now).order_by("next_attempt_at", "pk")


class Delivery(models.Model):
    """Something on its way to one address over one channel.

    What it tells is one of four: a notification of a person, an entry (to an address of a
    department, or to another system), an announcement, or a notice of our own (`notice`).
    """

    notification = models.ForeignKey(
        "notifications.Notification", models.CASCADE, null=True, related_name="deliveries"
    )
    entry = models.ForeignKey("tickets.Entry", models.CASCADE, null=True, related_name="+")
    announcement = models.ForeignKey(
        "accounts.Announcement", models.CASCADE, null=True, related_name="+"
    )
    notice = models.JSONField(null=True)
    """Facts of a notice: {"name": "test" ...}; it is phrased when it is sent."""
    person = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, related_name="deliveries"
    )
    """Who gets it; nobody in particular at the address of a department or of another system."""
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=320)
    """As people may see it: a mail address, else the label of `target`."""
    target = models.ForeignKey(
        "notifications.Address", models.SET_NULL, null=True, related_name="deliveries"
    )
    state = models.CharField(max_length=8, choices=DeliveryState, default=DeliveryState.QUEUED)
    is_gathered = models.BooleanField(default=False)
    """It waits for others to the same address, and leaves in one message with them."""
    bundle = models.PositiveBigIntegerField(null=True)
    """Id of the delivery under whose name this one travels since it was first claimed."""
    attempts = models.PositiveIntegerField(default=0)
    # When a worker may take it: the time of the next try or, while `worker` has it in hand, the end
    # of that worker's lease. One column for both keeps the claim a short walk along one index.
    next_attempt_at = models.DateTimeField()
    worker = models.CharField(max_length=100, blank=True)
    # How the receiving server calls it, once it has taken it.
    server_id = models.CharField(max_length=250, blank=True)
    error = models.TextField(blank=True)
    cause = models.CharField(max_length=80, blank=True, default="")
    """The error without what differs from message to message (see `causes.py`)."""
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    """When it was sent, given up or expired."""

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["notification", "channel", "address"],
                condition=Q(target=None),
                name="delivery_once_a_card",
            ),
            # Labels of a person's addresses may be alike: two browsers of one make.
            models.UniqueConstraint(
                fields=["notification", "channel", "target"], name="delivery_once_an_address"
            ),
            models.UniqueConstraint(
                fields=["announcement", "channel", "person", "address"],
                condition=Q(target=None),
                name="delivery_once_a_reader",
            ),
            models.UniqueConstraint(
                fields=["announcement", "channel", "target"], name="delivery_once_an_announcement"
            ),
            models.UniqueConstraint(
                fields=["entry", "channel", "target"], name="delivery_once_an_entry"
            ),
        ]
        indexes: ClassVar = [
            # The id belongs to it: thousands are queued at one moment, and none is to be sorted.
            models.Index(
                fields=["channel", "is_gathered", "next_attempt_at", "id"],
                condition=Q(state=DeliveryState.QUEUED),
                name="delivery_due",
            ),
            models.Index(
                fields=["channel", "address"],
                condition=Q(state=DeliveryState.QUEUED),
                name="delivery_waiting_at",
            ),
            models.Index(
                fields=["channel", "cause", "settled_at"],
                condition=Q(state=DeliveryState.FAILED),
                name="delivery_failed",
            ),
            models.Index(
                fields=["settled_at", "channel", "state"],
                condition=Q(settled_at__isnull=False),
                name="delivery_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} #{self.pk}"

    @property
    def name(self) -> int:
        """A number under which its message travels, the same however often it is sent."""
        return self.bundle or self.pk
