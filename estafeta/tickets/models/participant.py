"""Whom a ticket concerns in person, and how far each has read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


class ParticipantQuerySet(models.QuerySet["Participant"]):
    """Chooses ties."""

    def shown_to(self, person: Person) -> ParticipantQuerySet:
        """Agents know of every tie; others not of who follows or was called by name in a note."""
        if person.is_agent:
            return self
        at_work = Q(is_performer=True) | Q(has_performed=True) | Q(is_addressee=True)
        return self.filter(at_work | Q(person=person.pk))


class Participant(models.Model):
    """A person's own tie to a ticket. A row gives sight of it, and whoever took part keeps it.

    A row is never deleted, but for one that came by following alone.
    """

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="participants")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="participations")
    is_addressee = models.BooleanField(default=False)
    is_performer = models.BooleanField(default=False)
    has_performed = models.BooleanField(default=False)
    is_follower = models.BooleanField(default=False)
    was_mentioned = models.BooleanField(default=False)
    only_follows = models.BooleanField(default=False)
    """Nothing but following ties the person to it: whoever no longer follows, no longer sees it."""
    acknowledged_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    """When the own part was done, where each finishes separately."""
    nudged_at = models.DateTimeField(null=True)
    is_current = models.BooleanField(default=True)
    """The ticket is not in the archive: kept here too, so that a person's ties of ten years are not
    looked through for those of today."""

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "ticket"], name="participant_once_a_ticket")
        ]
        indexes = [
            models.Index(
                fields=["person"], name="participant_current", condition=models.Q(is_current=True)
            )
        ]


class ReadMark(models.Model):
    """Up to which entry of a ticket's journal a person has read; no row: never opened."""

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="read_marks")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="read_marks")
    seq = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "ticket"], name="read_mark_once_a_ticket")
        ]
