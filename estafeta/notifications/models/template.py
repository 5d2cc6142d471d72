"""What administrators write in place of the shipped texts. The shipped ones are code, never rows."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_SUBJECT = 300
LONGEST_BODY = 20_000


class MessageTemplate(models.Model):
    """The words of one event in one language over one channel, as an installation wants them."""

    event = models.CharField(max_length=40)
    """A kind of event, or what else is told (see `templates/events.py`)."""
    language = models.CharField(max_length=5)
    channel = models.CharField(max_length=20)
    subject = models.CharField(_("Subject"), max_length=LONGEST_SUBJECT, blank=True)
    body = models.TextField(_("Text"), max_length=LONGEST_BODY)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")
    failed_at = models.DateTimeField(null=True)
    """When it last could not be used, so that the shipped text went out."""
    failure = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "language", "channel"], name="template_once_an_event"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.language} {self.channel}"
