"""A person is told of a journal entry: a line of the bell, and a pop-up where a page is open."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from estafeta.tickets.models import Entry

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Chooses notifications."""

    def of(self, person: Person) -> NotificationQuerySet:
        """Choose the person's own, the newest first."""
        return self.filter(person=person).order_by("-pk")

    def unseen(self) -> NotificationQuerySet:
        """Choose those not yet seen."""
        return self.filter(seen_at__isnull=True)

    def with_what_happened(self) -> NotificationQuerySet:
        """Load what the messages are made of; rows that tell of one entry share it."""
        entries = Entry.objects.select_related("ticket", "actor", "comment")
        return self.prefetch_related(models.Prefetch("entry", entries), "stands_in_for")


class Notification(models.Model):
    """One entry, told to one person; only the fan-out writes these rows, in the order of entries."""

    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="notifications")
    entry = models.ForeignKey("tickets.Entry", models.CASCADE, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    is_quiet = models.BooleanField(default=False)
    """No pop-up: only the bell counts it."""
    stands_in_for = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, related_name="+"
    )
    """Whom it concerns: he is away, and the person is his deputy."""
    amount = models.PositiveIntegerField(default=1)
    """So many like it at once, of which this row is the only one."""

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "entry"], name="notification_once_an_entry")
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "id"], name="notification_of_person"),
            models.Index(
                fields=["person", "ticket"],
                condition=Q(seen_at__isnull=True),
                name="notification_unseen",
            ),
        ]

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.entry.at


class IncludedEntry(models.Model):
    """One more entry that a notification tells, which then is a summary of `amount` of them."""

    notification = models.ForeignKey(Notification, models.CASCADE, related_name="included")
    entry = models.ForeignKey("tickets.Entry", models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["notification", "entry"], name="included_once_a_notification"
            )
        ]
