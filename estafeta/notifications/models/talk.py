"""What is talked about over a channel in which people answer."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Inbox(models.Model):
    """How far what comes in over a channel has been read, and which worker reads it now."""

    channel = models.CharField(max_length=20, primary_key=True)
    position = models.BigIntegerField(default=0)
    """The next one that was not dealt with."""
    worker = models.CharField(max_length=100, blank=True)
    leased_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.channel


class LinkCode(models.Model):
    """By this a chat says, once and for some minutes, whose it is; kept as a hash."""

    person = models.OneToOneField("accounts.Person", models.CASCADE, related_name="+")
    hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"code of person {self.person_id}"


class AskedAs(models.TextChoices):
    """What an answer to a message in a chat is."""

    OPEN = "open"
    REPLY = "reply"
    NOTE = "note"


class Asked(models.Model):
    """A message of ours in a chat that came from no delivery, and the ticket that it is about."""

    address = models.ForeignKey("notifications.Address", models.CASCADE, related_name="+")
    message = models.BigIntegerField()
    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="+")
    answer_is = models.CharField(max_length=5, choices=AskedAs, default=AskedAs.OPEN)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["address", "message"], name="asked_once_a_message")
        ]

    def __str__(self) -> str:
        return f"{self.address_id}/{self.message}"
