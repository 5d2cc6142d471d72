"""What people say under a ticket, what it said before it was changed, and signs under it."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
    """A reply, which the requester sees, or a note among staff.

    Of a deleted one the row stays, without its text: the journal tells of it.
    """

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="comments")
    author = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=CommentKind)
    text = models.TextField()
    text_html = models.TextField(editable=False)
    salt = models.CharField(max_length=32, null=True, editable=False)
    """Mixed into the digest that the journal keeps of the text, so that nobody guesses the text by
    it who reads the journal only. None for comments from before; none is left of a deleted one."""
    written_at = models.DateTimeField()
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="answered_by")
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    reacted_at = models.DateTimeField(null=True)
    """Kept while there are signs under it, so that a page need not look for those of each comment."""

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)

    @property
    def is_note(self) -> bool:
        """Staff only."""
        return self.kind == CommentKind.NOTE

    def may_be_changed_until(self, minutes: int) -> datetime:
        """Until when its author may still correct it."""
        return self.written_at + timedelta(minutes=minutes)


class Wording(models.Model):
    """What a comment said before the entry `seq` of its ticket's journal.

    Kept beside the journal, which holds its digest only: so it can be proved, and never shows where
    facts are shown. Staff reads it, and who wrote it.
    """

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="wordings")
    seq = models.PositiveIntegerField()
    text = models.TextField()
    salt = models.CharField(max_length=32, null=True, editable=False)

    class Meta:
        ordering = ("seq",)
        constraints = [
            models.UniqueConstraint(fields=["comment", "seq"], name="wording_once_an_entry")
        ]


class Sign(models.TextChoices):
    """What can be said without a word."""

    AGREED = "agreed", _("Agreed")
    THANKS = "thanks", _("Thank you")
    LOOKING = "looking", _("Looking into it")
    DONE = "done", pgettext_lazy("reaction", "Done")
    UNCLEAR = "unclear", _("Not clear")


class Reaction(models.Model):
    """A sign of a person under a comment. No entry of the journal, and nobody is called for it."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reactions")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    sign = models.CharField(max_length=8, choices=Sign)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "person", "sign"], name="reaction_once_a_person"
            )
        ]
