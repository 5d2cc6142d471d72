"""What somebody has begun to write under a ticket and not sent: his alone, on every device of his."""

from django.db import models

from estafeta.tickets.models.comment import CommentKind


class Draft(models.Model):
    """One a person and ticket; gone when it is sent, and some weeks after it was left."""

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="drafts")
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=5, choices=CommentKind)
    text = models.TextField()
    answers = models.ForeignKey("tickets.Comment", models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "ticket"], name="draft_once_a_ticket")
        ]
        indexes = [models.Index(fields=["saved_at"], name="draft_saved")]
