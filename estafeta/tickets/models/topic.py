"""The tree of topics: what a ticket is about, and what follows from that."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from estafeta.accounts.models.department import AssignmentMode
from estafeta.tickets.models.ticket import Acceptance, Priority


class Evidence(models.TextChoices):
    """What a performer has to add when he completes a ticket."""

    PHOTO = "photo", _("A photo")
    NUMBER = "number", _("A number")
    TEXT = "text", _("A text")
    FILE = "file", _("A file")


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
    performers = models.ManyToManyField(
        "accounts.Person", blank=True, related_name="+", verbose_name=_("Performers")
    )
    priority = models.PositiveSmallIntegerField(
        _("Priority"), choices=Priority, default=Priority.NORMAL
    )
    evidence = models.JSONField(_("Completion must carry"), default=list, blank=True)
    """Values of `Evidence`."""
    assignment_mode = models.CharField(
        _("Who gets new tickets"), max_length=12, choices=AssignmentMode, blank=True, default=""
    )
    """Nothing: as the department does."""
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    is_hidden = models.BooleanField(_("Only for staff"), default=False)
    """Not offered to clients."""

    class Meta:
        ordering = ("position", "name")

    def __str__(self) -> str:
        return self.name
