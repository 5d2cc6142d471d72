"""Where a person, a department or another system is reached over a channel."""

from __future__ import annotations

import hashlib
from typing import ClassVar

from django.db import models
from django.db.models import Q

from estafeta.lib import sealed


class AddressQuerySet(models.QuerySet["Address"]):
    """Chooses addresses."""

    def usable(self) -> AddressQuerySet:
        """Choose those that belong to whoever gave them and still answer."""
        return self.filter(confirmed_at__isnull=False, stopped_at__isnull=True, is_on=True)


class Address(models.Model):
    """One address; what it is lies sealed, for it may be a key to somebody's account.

    The mail address of a person stands on his card; it has a row here only once it was stopped.
    """

    person = models.ForeignKey(
        "accounts.Person", models.CASCADE, null=True, related_name="addresses"
    )
    department = models.ForeignKey(
        "accounts.Department", models.CASCADE, null=True, related_name="addresses"
    )
    channel = models.CharField(max_length=20)
    sealed_value = models.TextField()
    fingerprint = models.CharField(max_length=64)
    """SHA-256 of the value, by which it is found again."""
    label = models.CharField(max_length=200)
    """What pages show of it: never more than its owner should let others read."""
    is_on = models.BooleanField(default=True)
    confirmed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    """Since when nothing is sent to it: the other side said that it never will work."""
    stopped_reason = models.CharField(max_length=500, blank=True)
    details = models.JSONField(default=dict)
    """What the channel needs to know besides; nothing secret."""
    created_at = models.DateTimeField()

    objects = AddressQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "channel", "fingerprint"], name="address_once_a_person"
            ),
            models.UniqueConstraint(
                fields=["department", "channel", "fingerprint"], name="address_once_a_department"
            ),
            models.CheckConstraint(
                condition=Q(person=None) | Q(department=None), name="address_of_one_owner"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["channel", "fingerprint"], name="address_found")]

    def __str__(self) -> str:
        return f"{self.channel}: {self.label}"

    @property
    def value(self) -> str:
        """The address itself."""
        return sealed.opened(self.sealed_value)

    @value.setter
    def value(self, value: str) -> None:
        self.sealed_value = sealed.sealed(value)
        self.fingerprint = fingerprint_of(value)


def fingerprint_of(value: str) -> str:
    """What two equal addresses have in common, without telling what they are."""
    return hashlib.sha256(value.encode()).hexdigest()
