"""Protocols of what was removed for good: the only trace, append-only and chained by hashes."""

from typing import Any, NoReturn

from django.db import models


class PurgeQuerySet(models.QuerySet["Purge"]):
    """Refuses to change protocols, as the database does."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("protocols are never changed")

    def delete(self) -> NoReturn:
        raise TypeError("protocols are never deleted")


class Purge(models.Model):
    """Which ticket, by whom, when and why, and how much of what; nothing of its content.

    `seals` are the [entry id, place, hash] of each entry that was removed: who kept a copy of the
    journal, or a head of the whole of it, can still check that it ended as the protocol says. The
    rows of a ticket's entries can only be deleted where its protocol stands already.
    """

    seq = models.PositiveBigIntegerField(unique=True)
    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    counts = models.JSONField(default=dict)
    seals = models.JSONField(default=list)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = PurgeQuerySet.as_manager()

    class Meta:
        ordering = ("seq",)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("protocols are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("protocols are never deleted")
