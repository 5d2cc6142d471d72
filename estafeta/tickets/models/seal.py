"""The seal over everything: each covers what came into the journal since the one before it."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from estafeta.lib import chain


class SealQuerySet(models.QuerySet["Seal"]):
    """Chooses seals; none is taken away, as the database refuses too."""

    def newest_first(self) -> SealQuerySet:
        """As people look at them."""
        return self.order_by("-number")

    def delete(self) -> NoReturn:
        raise TypeError("seals are never deleted")


class Seal(models.Model):
    """The root of a tree over the hashes of entries, and the end of the security trail.

    Ids of entries are in the order of commits, so "all entries up to this id" is fixed for good.
    Seals are a chain as well: the newest one stands for everything before it.
    """

    number = models.PositiveBigIntegerField(unique=True)
    made_at = models.DateTimeField()
    after = models.PositiveBigIntegerField()
    up_to = models.PositiveBigIntegerField()
    entries = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    security_length = models.PositiveBigIntegerField()
    security_head = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    # How it left the house; not part of what is sealed.
    mailed_to = models.CharField(max_length=254, blank=True, default="")
    mailed_at = models.DateTimeField(null=True)

    objects = SealQuerySet.as_manager()

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"seal {self.number}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("seals are never deleted")

    def content(self) -> dict[str, Any]:
        """What its hash covers besides the hash before it."""
        return {
            "number": self.number, "made_at": chain.moment(self.made_at), "after": self.after,
            "up_to": self.up_to, "entries": self.entries, "root": self.root,
            "security_length": self.security_length, "security_head": self.security_head,
        }  # fmt: skip

    def hash_now(self) -> str:
        """The hash that its content and the hash before it should have."""
        return chain.link(self.previous_hash, self.content())
