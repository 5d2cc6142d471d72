"""Files: a draft of its owner until it is sent with a reply, a note, a verb or a new ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from estafeta.lib.pictures import DRAWN, LARGE, SMALL
from estafeta.lib.sniff import Kind

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


class Attachment(models.Model):
    """What is known of a file; its bytes lie under `blob` (lib/blobs.py)."""

    owner = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    ticket = models.ForeignKey(
        "tickets.Ticket", models.PROTECT, null=True, related_name="attachments"
    )
    comment = models.ForeignKey(
        "tickets.Comment", models.PROTECT, null=True, related_name="attachments"
    )
    is_note = models.BooleanField(default=False)
    """It belongs to a note: for staff only."""
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=Kind)
    type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    blob = models.CharField(max_length=100)
    """Empty when the bytes are gone."""
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    """Of the large picture; 0 where none could be made."""
    pages = models.PositiveIntegerField(default=0)
    uploaded_at = models.DateTimeField()
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

    def __str__(self) -> str:
        return self.name

    @property
    def is_drawn(self) -> bool:
        """A picture that was decoded here, so that a browser may be shown it."""
        return self.type in DRAWN and self.width > 0

    def picture(self, name: str) -> str:
        """The blob of one of its pictures (lib/pictures)."""
        return f"{self.blob}.{name}"

    @property
    def all_blobs(self) -> list[str]:
        """Everything that lies in the storage for it."""
        pictures = [self.picture(SMALL)] if self.width else []
        if self.is_drawn:
            pictures.append(self.picture(LARGE))
        return [self.blob, *pictures] if self.blob else []
