"""What is known of every file, whichever table its row stands in."""

from __future__ import annotations

from django.db import models

from estafeta.lib.pictures import DRAWN, LARGE, SMALL
from estafeta.lib.sniff import Kind


class StoredFile(models.Model):
    """The part of a row that speaks of the file; its bytes lie under `blob` (lib/blobs.py)."""

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

    class Meta:
        abstract = True

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
