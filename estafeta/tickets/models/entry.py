"""A line of the journal: append-only, chained by hashes within its ticket."""

from typing import Any, NoReturn

from django.db import models

from estafeta.tickets.models.comment import CommentKind
from estafeta.tickets.verbs import STAFF_ONLY
from estafeta.tickets.via import Via


class EntryQuerySet(models.QuerySet["Entry"]):
    """Chooses entries; refuses to change them, as the database does."""

    def readable_by(self, person: object) -> "EntryQuerySet":
        """Agents read the whole story of a ticket they see; others not the notes."""
        if person.is_agent:  # type: ignore[attr-defined]
            return self
        return self.without_notes()

    def without_notes(self) -> "EntryQuerySet":
        """What is there for people who are not agents."""
        about_notes = models.Q(comment__kind=CommentKind.NOTE)
        return self.exclude(models.Q(verb__in=STAFF_ONLY) | about_notes)

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("journal entries are never changed")

    def delete(self) -> NoReturn:
        raise TypeError("journal entries are never deleted")


class Entry(models.Model):
    """Who did what, when, through which door; the facts are data, phrased when shown."""

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="entries")
    seq = models.PositiveIntegerField()
    verb = models.CharField(max_length=20)
    """A `Verb`. Not by `choices`: a new verb would alter this table, which is protected."""
    actor = models.ForeignKey("accounts.Person", models.PROTECT, related_name="entries")
    on_behalf_of = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, related_name="entries_by_others"
    )
    via = models.CharField(max_length=10, choices=Via)
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    comment = models.ForeignKey("tickets.Comment", models.PROTECT, null=True, related_name="+")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    salt = models.CharField(max_length=32, null=True)
    """Random, so that a hash given away does not let anybody guess what it covers.

    None for entries from before there were salts, whose hashes are computed without. Nullable, so
    that the column was added without building this protected table anew.
    """

    objects = EntryQuerySet.as_manager()

    is_repeated = False
    """Found again by the key of a submission that was sent twice; set by `submissions.known`."""

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["ticket", "seq"], name="entry_once_a_place"),
        ]
        indexes = [
            models.Index(fields=["actor", "at"], name="entry_by_actor"),
            # Through which door tickets came; one row a ticket.
            models.Index(
                fields=["via", "ticket"], name="entry_first_by_via", condition=models.Q(seq=1)
            ),
        ]

    @property
    def is_staff_only(self) -> bool:
        """A note, or about a note; may ask for the comment."""
        return self.verb in STAFF_ONLY or (self.comment is not None and self.comment.is_note)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("journal entries are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("journal entries are never deleted")
