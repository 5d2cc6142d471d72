"""The tree of topics: what a ticket is about, and what follows from that."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from estafeta.tickets.models.ticket import Acceptance


class Topic(models.Model):
    """A category. Its defaults fill a new ticket's form; a person may still change them."""

    name = models.CharField(pgettext_lazy("thing", "Name"), max_length=120)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children",
        verbose_name=_("Inside"),
    )  # fmt: skip
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="topics",
        verbose_name=_("Department"),
    )  # fmt: skip
    acceptance = models.CharField(
        _("Who accepts the result"),
        max_length=8,
        choices=Acceptance,
        default=Acceptance.NOBODY,
    )
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("position", "name")

    def __str__(self) -> str:
        return self.name
