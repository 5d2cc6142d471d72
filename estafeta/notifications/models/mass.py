"""How far the messages of an announcement have been queued."""

from __future__ import annotations

from django.db import models


class MassMessage(models.Model):
    """One announcement that is sent: its readers are queued in the order of their ids."""

    announcement = models.OneToOneField(
        "accounts.Announcement", models.CASCADE, related_name="mass_message"
    )
    after = models.PositiveBigIntegerField(default=0)
    """Everybody up to this person has been queued."""
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"messages of announcement {self.announcement_id}"
