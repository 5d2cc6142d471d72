"""Who held the baton for how long: the segments of the relay bar."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from estafeta.lib import clock


class Hold(models.Model):
    """One stretch of time: with a person, or free in a department."""

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="holds")
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="holds")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    given_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"],
                condition=Q(until__isnull=True),
                name="hold_one_open_a_ticket",
            )
        ]

    def length(self, now: datetime | None = None) -> timedelta:
        """How long it lasted, or has lasted up to `now`."""
        return max((self.until or now or clock.now()) - self.since, timedelta())
