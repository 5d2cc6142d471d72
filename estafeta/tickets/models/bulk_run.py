"""One verb done to many tickets: what was asked, how far it is, what came of each ticket."""

from __future__ import annotations

from django.db import models

from estafeta.tickets.via import Via


class BulkRun(models.Model):
    """The report of one sweep; a long one is worked off by a job, which goes on from `position`."""

    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    verb = models.CharField(max_length=20)
    arguments = models.JSONField(default=dict)
    """The verb's keywords, as `bulk/arguments.py` writes them."""
    numbers = models.JSONField(default=list)
    """Of the tickets, in the order in which they are dealt with."""
    as_of = models.BigIntegerField(null=True)
    """The newest entry when the person looked: what others did since then is not overrun."""
    via = models.CharField(max_length=10, choices=Via)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    """The run that this one takes back."""
    position = models.PositiveIntegerField(default=0)
    done = models.JSONField(default=list)
    """Pairs: the ticket, and the place of the new entry in its journal."""
    refused = models.JSONField(default=list)
    """For each ticket left as it was: its number and why, as `bulk/refusals.py` writes it."""
    key = models.CharField(max_length=200, blank=True)
    """Chosen by the sender, who may send the same again; with it stands what was sent, as a digest."""
    digest = models.CharField(max_length=64, blank=True)
    is_repeated = False
    """Whether it was there before the request that it answers."""
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="bulk_run_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"], condition=~models.Q(key=""), name="bulk_run_once_a_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} × {len(self.numbers)}"

    @property
    def is_finished(self) -> bool:
        """Every ticket was dealt with."""
        return self.finished_at is not None
