"""Words that staff hang on tickets, one set of them for the whole installation."""

from __future__ import annotations

from django.db import models

from estafeta.lib.text import fold

LONGEST_TAG = 40
MOST_TAGS = 20
"""On one ticket; of tags themselves there may be any number."""


class TagQuerySet(models.QuerySet["Tag"]):
    """Chooses tags."""

    def beginning_with(self, text: str) -> TagQuerySet:
        """By the beginning of the name, along its index."""
        key = fold(text)
        found = self.order_by("key")
        return found.filter(key__gte=key, key__lt=key + "\U0010ffff") if key else found

    def borne_by_none(self) -> TagQuerySet:
        """On no ticket at all."""
        return self.filter(taggings=None)


class Tag(models.Model):
    """A word or two; `key` is the name folded, so that each is there once however it is written."""

    name = models.CharField(max_length=LONGEST_TAG)
    key = models.CharField(max_length=LONGEST_TAG * 2, unique=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return self.name


class Tagging(models.Model):
    """A tag on a ticket."""

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="taggings")
    tag = models.ForeignKey("tickets.Tag", models.PROTECT, related_name="taggings")

    class Meta:
        ordering = ("tag__key",)
        constraints = [
            models.UniqueConstraint(fields=["tag", "ticket"], name="tagging_once_a_ticket")
        ]
