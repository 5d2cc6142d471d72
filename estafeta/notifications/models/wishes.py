"""What a person wants to hear of, how and when; and what is right for who never said."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    """How often messages leave; pop-ups and the bell do not wait."""

    AT_ONCE = "at_once", _("At once")
    HOURLY = "hourly", _("Gathered, every hour")
    DAILY = "daily", _("Gathered, once a day")


class Wishes(models.Model):
    """One person's own; whatever he left open follows his department and the organisation."""

    person = models.OneToOneField("accounts.Person", models.CASCADE, related_name="wishes")
    matrix = models.JSONField(default=dict)
    """{kind of event: {channel: true or false}}; what is not there was never decided."""
    quiet_from = models.TimeField(_("Quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("Quiet until"), null=True, blank=True)
    is_quiet_at_weekends = models.BooleanField(_("Quiet on Saturdays and Sundays"), default=False)
    urgent_breaks_quiet = models.BooleanField(_("Urgent tickets may break the quiet"), default=True)
    rhythm = models.CharField(
        _("Messages leave"), max_length=8, choices=Rhythm, blank=True, default=""
    )
    """Empty: as the department has it."""
    daily_at = models.TimeField(_("At"), default="08:00")
    quotes_talks = models.BooleanField(
        _("SMS may quote what is written in the chat"), default=False
    )

    def __str__(self) -> str:
        return f"wishes of {self.person_id}"


class DefaultWishes(models.Model):
    """A matrix for the people of one department, or of the whole organisation."""

    department = models.OneToOneField(
        "accounts.Department", models.CASCADE, null=True, related_name="default_wishes"
    )
    matrix = models.JSONField(default=dict)
    rhythm = models.CharField(max_length=8, choices=Rhythm, blank=True, default="")

    def __str__(self) -> str:
        return f"wishes of department {self.department_id}"


class Mute(models.Model):
    """The person hears no more of one ticket, unless somebody calls him by name."""

    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ticket", "person"], name="mute_once_a_person")
        ]
