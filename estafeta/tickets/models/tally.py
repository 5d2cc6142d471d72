"""Kept counters, so that no page counts tickets."""

from django.db import models

from estafeta.tickets.statuses import Status


class Tally(models.Model):
    """How many tickets of a department are in a status; kept by every verb that changes either."""

    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="tallies")
    status = models.CharField(max_length=12, choices=Status)
    amount = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["department", "status"], name="tally_once_a_status")
        ]
