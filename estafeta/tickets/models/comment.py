"""What people wrote under a ticket."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommentKind(models.TextChoices):
    """Who reads it."""

    REPLY = "reply", _("Reply")
    NOTE = "note", _("Note")


class CommentQuerySet(models.QuerySet["Comment"]):
    """Chooses comments."""

    def readable_by(self, person: object) -> "CommentQuerySet":
        """Agents read everything on a ticket they see; others replies only."""
        if person.is_agent:  # type: ignore[attr-defined]
            return self
        return self.filter(kind=CommentKind.REPLY)


class Comment(models.Model):
    """A reply, which the requester sees, or a note among staff."""

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="comments")
    author = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=CommentKind)
    text = models.TextField()
    text_html = models.TextField(editable=False)
    written_at = models.DateTimeField()

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)

    @property
    def is_note(self) -> bool:
        """Staff only."""
        return self.kind == CommentKind.NOTE
