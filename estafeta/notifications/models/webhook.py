"""Another system that wants to hear of entries: which ones, and the secret it knows us by."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone

from estafeta.lib import sealed


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Chooses webhooks."""

    def listening(self) -> WebhookQuerySet:
        """Choose those that are switched on and still answer."""
        return self.filter(address__is_on=True, address__stopped_at__isnull=True)


class Webhook(models.Model):
    """What is sent to one address of channel "webhook"; whether it is on, the address says."""

    name = models.CharField(max_length=80)
    address = models.OneToOneField("notifications.Address", models.CASCADE, related_name="webhook")
    kinds = models.JSONField(default=list)
    """Kinds of events it wants (`kinds.Kind`); empty: every one."""
    departments = models.ManyToManyField("accounts.Department", related_name="+")
    """Of tickets in these, with those below them; none: of all."""
    with_notes = models.BooleanField(default=False)
    """It hears of what only staff may read, too."""
    sealed_secret = models.TextField()
    sealed_old_secret = models.TextField(blank=True)
    old_secret_until = models.DateTimeField(null=True)
    """Until then messages are signed with the secret before as well."""
    failing_since = models.DateTimeField(null=True)
    """Nothing has arrived there since."""
    made_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def tried_again_at(self) -> datetime | None:
        """When an administrator last switched it on: what was in vain before counts no more."""
        kept = self.address.details.get("tried_again_at")
        return datetime.fromisoformat(kept) if kept else None

    def secrets(self, now: datetime | None = None) -> list[str]:
        """What a message is signed with now, the newest first."""
        found = [sealed.opened(self.sealed_secret)]
        if self.old_secret_until and self.old_secret_until > (now or timezone.now()):
            found.append(sealed.opened(self.sealed_old_secret))
        return found
