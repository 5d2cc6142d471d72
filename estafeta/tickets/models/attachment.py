"""Files: a draft of its owner until it is sent with a reply, a note, a verb or a new ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from estafeta.files.stored import StoredFile

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Chooses files."""

    def drafts_of(self, person: Person) -> AttachmentQuerySet:
        """What the person has brought here and not sent yet."""
        return self.filter(owner=person, ticket=None, removed_at=None)

    def sent(self) -> AttachmentQuerySet:
        """Those that lie under a ticket, the removed ones too."""
        return self.filter(ticket__isnull=False)

    def there(self) -> AttachmentQuerySet:
        """Not removed."""
        return self.filter(removed_at=None)

    def readable_by(self, person: Person) -> AttachmentQuerySet:
        """On a ticket the person sees: agents everything, others not what belongs to notes."""
        return self if person.is_agent else self.filter(is_note=False)

    def open_to(self, person: Person) -> AttachmentQuerySet:
        """The rule for one file: his own draft, or readable on a ticket that the person sees."""
        from estafeta.tickets.models.ticket import Ticket

        tickets = Ticket.objects.visible_to(person).order_by().values("pk")
        sent = Q(ticket__in=tickets)
        if not person.is_agent:
            sent &= Q(is_note=False)
        return self.there().filter(sent | Q(ticket=None, owner=person))


class Attachment(StoredFile):
    """A file of a ticket, or one that is not sent yet."""

    owner = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    ticket = models.ForeignKey(
        "tickets.Ticket", models.PROTECT, null=True, related_name="attachments"
    )
    comment = models.ForeignKey(
        "tickets.Comment", models.PROTECT, null=True, related_name="attachments"
    )
    is_note = models.BooleanField(default=False)
    """It belongs to a note: for staff only."""
    attached_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index(
                fields=["uploaded_at"], name="attachment_drafts", condition=Q(ticket__isnull=True)
            )
        ]
