"""What happened in rooms, for those who follow: the stream and notifications."""

from __future__ import annotations

from django.db import models


class ChangeKind(models.TextChoices):
    """What happened."""

    WRITTEN = "written"
    EDITED = "edited"
    TAKEN_BACK = "taken_back"
    READ = "read"
    """Somebody has read further."""
    MUTED = "muted"
    """Somebody wants to hear no more of it, or again: told to himself."""
    STATE = "state"
    """The talk of a client went on: accepted, passed, closed."""


class Change(models.Model):
    """One line; its ids stand in the order of commits. Thrown away after some days."""

    room = models.ForeignKey("chat.Room", models.CASCADE, related_name="+", db_index=False)
    message = models.ForeignKey(
        "chat.Message", models.CASCADE, null=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=10, choices=ChangeKind)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("pk",)
