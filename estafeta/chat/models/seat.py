"""What one person keeps of one room."""

from __future__ import annotations

from django.db import models


class Seat(models.Model):
    """How far somebody has read, and whether he wants to hear of it. No right comes from it."""

    room = models.ForeignKey("chat.Room", models.CASCADE, related_name="seats")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    read_up_to = models.BigIntegerField(default=0)
    """The number of a message."""
    read_at = models.DateTimeField(null=True)
    is_muted = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["room", "person"], name="seat_once_a_room")]
