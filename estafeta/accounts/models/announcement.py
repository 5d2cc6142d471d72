"""What everybody, some departments or the clients have to know for a while."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from estafeta.lib import clock

LONGEST = 2000


class Level(models.TextChoices):
    """How loud it is."""

    INFO = "info", pgettext_lazy("announcement", "Information")
    WARNING = "warning", pgettext_lazy("announcement", "Warning")
    DANGER = "danger", pgettext_lazy("announcement", "Danger")


class Audience(models.TextChoices):
    """Who reads it."""

    EVERYBODY = "everybody", pgettext_lazy("announcement", "Everybody")
    STAFF = "staff", pgettext_lazy("announcement", "All staff")
    DEPARTMENTS = "departments", pgettext_lazy("announcement", "Some departments")
    CLIENTS = "clients", pgettext_lazy("announcement", "Clients")


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Chooses announcements."""

    def not_over(self, now: datetime) -> AnnouncementQuerySet:
        """Those that are shown now or will be."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=now), withdrawn_at=None)


class Announcement(models.Model):
    """Shown above every page from `starts_at` until `ends_at`, or until it is withdrawn."""

    text = models.TextField(_("Text"), max_length=LONGEST)
    text_html = models.TextField(editable=False)
    level = models.CharField(_("How urgent"), max_length=7, choices=Level, default=Level.INFO)
    audience = models.CharField(
        _("Who reads it"), max_length=11, choices=Audience, default=Audience.EVERYBODY
    )
    departments = models.ManyToManyField(
        "accounts.Department", blank=True, related_name="+", verbose_name=_("Departments")
    )
    starts_at = models.DateTimeField(_("From"))
    ends_at = models.DateTimeField(_("Until"), null=True, blank=True)
    is_dismissable = models.BooleanField(_("Readers may close it"), default=True)
    author = models.ForeignKey("accounts.Person", models.PROTECT, related_name="announcements")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"announcement {self.pk}"

    @property
    def state(self) -> str:
        """withdrawn, over, shown or planned."""
        now = clock.now()
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.ends_at is not None and self.ends_at <= now:
            return "over"
        return "shown" if self.starts_at <= now else "planned"


class Dismissal(models.Model):
    """A person has closed an announcement: it no longer stands above his pages."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="dismissals")
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "announcement"], name="dismissal_once_an_announcement"
            )
        ]
