"""What waits for somebody's word: a hand-over not yet accepted, a deadline that was proposed.

Rows are there only while they wait; the journal keeps how it ended. The ticket itself says whether
something waits (`offered_until`, `proposed_due`), so that a page asks here only then.
"""

from django.db import models


class PendingHandOver(models.Model):
    """From where the ticket came, should the department decline it."""

    ticket = models.OneToOneField(
        "tickets.Ticket", models.PROTECT, primary_key=True, related_name="pending_hand_over"
    )
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    people = models.ManyToManyField("accounts.Person", related_name="+")
    """Who performed it there, the holder of the baton among them."""
    holder = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    was_separate = models.BooleanField(default=False)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    since = models.DateTimeField()


class PendingDeadline(models.Model):
    """Who proposed the deadline, and why."""

    ticket = models.OneToOneField(
        "tickets.Ticket", models.PROTECT, primary_key=True, related_name="pending_deadline"
    )
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    since = models.DateTimeField()
