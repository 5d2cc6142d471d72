"""Files: a draft of its owner until it is sent with a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from estafeta.files.stored import StoredFile

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


class RoomFileQuerySet(models.QuerySet["RoomFile"]):
    """Chooses files."""

    def drafts_of(self, person: Person) -> RoomFileQuerySet:
        """What the person has brought here and not sent yet."""
        return self.filter(owner=person, message=None, removed_at=None)

    def there(self) -> RoomFileQuerySet:
        """Not removed."""
        return self.filter(removed_at=None)

    def open_to(self, person: Person) -> RoomFileQuerySet:
        """The rule for one file: his own draft, or sent into a room that the person sees."""
        from estafeta.chat.models.room import Room

        rooms = Room.objects.visible_to(person).order_by().values("pk")
        sent = Q(message__room__in=rooms)
        return self.there().filter(sent | Q(message=None, owner=person))


class RoomFile(StoredFile):
    """A file of a message, or one that is not sent yet."""

    owner = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    message = models.ForeignKey("chat.Message", models.PROTECT, null=True, related_name="files")
    removed_at = models.DateTimeField(null=True)

    objects = RoomFileQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index(
                fields=["uploaded_at"], name="room_file_drafts", condition=Q(message__isnull=True)
            )
        ]
