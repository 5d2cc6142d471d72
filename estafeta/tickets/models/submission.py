"""Forms and requests that were sent: the same one twice acts once."""

from django.db import models


class Submission(models.Model):
    """A key chosen by the sender, what was sent with it (as a digest), and what came of it."""

    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="+")
    entry = models.ForeignKey("tickets.Entry", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="submission_once_a_key")
        ]
