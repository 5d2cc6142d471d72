"""What is said in a room, what it said before, and whom it calls."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

LONGEST = 8000


class MessageKind(models.TextChoices):
    """Words of a person, or a line about what happened (phrased when it is read: `phrases.py`)."""

    TEXT = "text"
    ASKED = "asked"
    ACCEPTED = "accepted"
    PASSED = "passed"
    RETURNED = "returned"
    CLOSED = "closed"
    TICKET = "ticket"


class MessageQuerySet(models.QuerySet["Message"]):
    """Chooses messages."""

    def visible_to(self, person: Person) -> MessageQuerySet:
        """Those of rooms that the person sees."""
        from estafeta.chat.models.room import Room

        rooms = Room.objects.visible_to(person).order_by().values("pk")
        return self.filter(room__in=rooms)

    def written(self) -> MessageQuerySet:
        """Words of people that were not taken back."""
        return self.filter(kind=MessageKind.TEXT, deleted_at=None)


class Message(models.Model):
    """Of one that was taken back the row stays, without its text. Ids stand in the order of commits."""

    room = models.ForeignKey("chat.Room", models.CASCADE, related_name="messages", db_index=False)
    author = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=MessageKind, default=MessageKind.TEXT)
    text = models.TextField(blank=True)
    text_html = models.TextField(blank=True, editable=False)
    facts = models.JSONField(default=dict, blank=True)
    """Of a line about what happened."""
    answers = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    submission = models.CharField(max_length=200, null=True)
    """The key with which it was sent: sent twice it is said once."""
    submission_digest = models.CharField(max_length=64, blank=True, default="")

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["author", "submission"], name="message_once_a_key",
                condition=Q(submission__isnull=False),
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["room", "id"], name="message_by_room")]

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def is_line(self) -> bool:
        """Nobody's words: it tells what happened."""
        return self.kind != MessageKind.TEXT

    def may_be_changed_until(self, minutes: int) -> datetime:
        """Until when its author may still correct it."""
        return self.written_at + timedelta(minutes=minutes)


class Wording(models.Model):
    """What a message said before it was changed or taken back at `until`."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="wordings")
    text = models.TextField()
    until = models.DateTimeField()

    class Meta:
        ordering = ("pk",)


class Mention(models.Model):
    """A message calls a person who sees the room."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="mentions")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["message", "person"], name="mention_once_a_message")
        ]
