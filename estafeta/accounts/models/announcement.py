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
    ROLES = "roles", pgettext_lazy("announcement", "Some roles")
    CLIENTS = "clients", pgettext_lazy("announcement", "Clients")


class Role(models.TextChoices):
    """Who reads it, where it is for some roles."""

    AGENTS = "agents", pgettext_lazy("role", "Members of departments")
    HEADS = "heads", pgettext_lazy("role", "Heads of departments")
    DIRECTORS = "directors", pgettext_lazy("role", "Directors")
    ADMINISTRATORS = "administrators", pgettext_lazy("role", "Administrators")
    LEADS = "leads", pgettext_lazy("role", "Those who see all tickets of their organisation")


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
    roles = models.CharField(max_length=100, default="", blank=True, editable=False)
    """Values of `Role` with blanks between them, where it is for some roles."""
    starts_at = models.DateTimeField(_("From"))
    ends_at = models.DateTimeField(_("Until"), null=True, blank=True)
    is_dismissable = models.BooleanField(_("Readers may close it"), default=True)
    asks_for_word = models.BooleanField(_("Readers confirm that they have read it"), default=False)
    """It is closed by saying so, and not by a cross."""
    pops_up = models.BooleanField(_("Also as a pop-up on open pages"), default=False)
    is_sent = models.BooleanField(_("Also as a message, by e-mail and the like"), default=False)
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
    def role_names(self) -> list[str]:
        """The roles it is for, as people call them."""
        return [str(Role(role).label) for role in self.roles.split()]

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
    """A person has closed an announcement, as read: it no longer stands above his pages."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="dismissals")
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "announcement"], name="dismissal_once_an_announcement"
            )
        ]
