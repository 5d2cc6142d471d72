"""What the installation calls itself and how it behaves: one row."""

from __future__ import annotations

import time
import zoneinfo
from typing import Any, ClassVar

from django.conf import settings
from django.db import Error, models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

KEPT_SECONDS = 5.0


class Site(models.Model):
    """The one row of settings that administrators change on a page."""

    organisation_name = models.CharField(_("Organisation name"), max_length=200, default="")
    language = models.CharField(_("Language"), max_length=5, default="ru")
    time_zone = models.CharField(_("Time zone"), max_length=60, default="UTC")
    public_url = models.CharField(_("Address people open"), max_length=200, blank=True)
    archive_after_days = models.PositiveIntegerField(_("Archive after, days"), default=7)
    passes_before_notice = models.PositiveIntegerField(
        _("Hand-overs before the head is told"), default=4
    )
    comment_change_minutes = models.PositiveIntegerField(
        _("Minutes in which one may correct or delete what one wrote"), default=15
    )
    """0: nothing that was sent can be changed."""
    file_megabytes = models.PositiveIntegerField(_("Largest file, megabytes"), default=25)
    files_at_once = models.PositiveIntegerField(_("Files in one message"), default=20)
    file_removable_minutes = models.PositiveIntegerField(
        _("Minutes in which one may remove a file of one's own"), default=60
    )
    refused_file_kinds = models.CharField(
        _("Kinds of files that are not accepted"), max_length=100, default="program", blank=True
    )
    """Of `lib/sniff.py`, with blanks between them."""
    silence_days = models.PositiveIntegerField(
        _("Working days of silence after which a result is accepted"), default=0
    )
    """0: silence never accepts."""
    brand_name = models.CharField(_("Name of the system"), max_length=40, blank=True, default="")
    logo = models.CharField(max_length=120, blank=True, default="", editable=False)
    accent = models.CharField(_("Accent colour"), max_length=7, blank=True, default="")
    """`#2457c5`, or nothing: the colour of the product."""
    priority_looks = models.JSONField(default=dict, blank=True, editable=False)
    """What administrators changed: value of the priority -> {"names": {language: name}, "colour"}."""
    is_demo = models.BooleanField(default=False, editable=False)
    is_set_up = models.BooleanField(default=False, editable=False)
    seal_address = models.EmailField(
        _("Who gets the daily seal of the journal"), blank=True, default=""
    )
    announcements_version = models.PositiveBigIntegerField(default=0, editable=False)
    rights_version = models.PositiveBigIntegerField(default=0, editable=False)

    _kept: ClassVar[tuple[float, Site] | None] = None

    def __str__(self) -> str:
        return self.organisation_name

    @classmethod
    def current(cls) -> Site:
        """The row, at most five seconds old: every page asks."""
        now = time.monotonic()
        if cls._kept is None or now - cls._kept[0] > KEPT_SECONDS:
            cls._kept = (now, cls.objects.get_or_create(pk=1)[0])
        return cls._kept[1]

    @classmethod
    def known(cls) -> Site | None:
        """The row that was read last, however old; never asks."""
        return cls._kept[1] if cls._kept else None

    @classmethod
    def priority_name(cls, priority: int) -> str:
        """What administrators call it in the language of the moment; empty: as we do."""
        language = translation.get_language()
        if not language:  # nobody reads it: migrations are made
            return ""
        try:
            look = cls.current().priority_looks.get(str(priority), {})
        except Error:
            return ""
        return str(look.get("names", {}).get(language, ""))

    @classmethod
    def forget(cls) -> None:
        """Read the row again next time; for whoever has just changed it."""
        cls._kept = None

    @classmethod
    def rights_changed(cls) -> None:
        """Tell open streams that memberships or people changed; call it in that transaction."""
        cls.objects.filter(pk=1).update(rights_version=models.F("rights_version") + 1)

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        type(self).forget()

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """Its time zone."""
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def address(self) -> str:
        """The address people open, without a slash at the end; empty when nobody has said it."""
        return settings.PUBLIC_URL or self.public_url.rstrip("/")
