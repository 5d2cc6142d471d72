"""In whose name letters about the tickets of a department are sent."""

from __future__ import annotations

from django.db import models


class MailSender(models.Model):
    """A name and an address of its own; departments inside it share them."""

    department = models.OneToOneField(
        "accounts.Department", models.CASCADE, related_name="mail_sender"
    )
    name = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=254, blank=True)
    """Empty: the address of the installation under this name."""

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>"
