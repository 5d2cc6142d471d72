"""How an urgent ticket calls louder: the rungs of the ladder, and who is on it just now."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class Whom(models.TextChoices):
    """Whom a rung calls."""

    MEANT = "meant", pgettext_lazy("ladder", "Those to whom it was given, else their department")
    DEPUTIES = "deputies", pgettext_lazy("ladder", "Their deputies")
    HEADS = "heads", pgettext_lazy("ladder", "The head of the department")
    HEADS_ABOVE = "above", pgettext_lazy("ladder", "All heads above")
    DIRECTORS = "directors", pgettext_lazy("ladder", "The directors")


class Rung(models.Model):
    """One step: after so many minutes without an answer these people are called so."""

    place = models.PositiveSmallIntegerField(unique=True)
    """1 is the first."""
    after_minutes = models.PositiveSmallIntegerField()
    """Since the rung below, or since the ticket began to call."""
    whom = models.CharField(max_length=10, choices=Whom)
    channels = models.JSONField(default=list)
    """Names of channels; none: all by which the person can be reached."""

    class Meta:
        ordering = ("place",)

    def __str__(self) -> str:
        return f"rung {self.place}"


class Climb(models.Model):
    """A ticket on the ladder. It stays when it is over, so that one sees how far it went."""

    ticket = models.OneToOneField("tickets.Ticket", models.CASCADE, related_name="climb")
    step = models.PositiveSmallIntegerField(default=0)
    """So many rungs were climbed."""
    started_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    """When the next rung is due; None: it is over."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="climb_due")
        ]

    def __str__(self) -> str:
        return f"climb of ticket {self.ticket_id}"
