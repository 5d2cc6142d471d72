"""When somebody is away, and who stands in for him."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from estafeta.lib import clock

LONGEST_REASON = 120


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Chooses absences."""

    def at(self, moment: datetime) -> AbsenceQuerySet:
        """Those that last at this moment."""
        return self.not_over(moment).filter(starts_at__lte=moment)

    def not_over(self, moment: datetime) -> AbsenceQuerySet:
        """Those that last or are to come."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=moment))


class Absence(models.Model):
    """From `starts_at` until `ends_at`, or until the person says that he is back."""

    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField(_("Away from"))
    ends_at = models.DateTimeField(_("Back on"), null=True, blank=True)
    deputy = models.ForeignKey(
        "accounts.Person", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("Who stands in"),
    )  # fmt: skip
    reason = models.CharField(_("Why"), max_length=LONGEST_REASON, blank=True)
    is_silent = models.BooleanField(_("No messages while away"), default=False)
    """The bell goes on; nothing is sent."""
    made_by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "pk")
        indexes: ClassVar = [
            models.Index(fields=["person", "ends_at"], name="absence_of_person"),
            models.Index(fields=["starts_at", "ends_at"], name="absence_by_time"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="absence_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"absence of {self.person_id}"

    @property
    def is_now(self) -> bool:
        """Whether it lasts at this moment."""
        now = clock.now()
        return self.starts_at <= now and (self.ends_at is None or now < self.ends_at)

    @property
    def last_moment(self) -> datetime | None:
        """Just before the end: midnight belongs to the day that is over."""
        return self.ends_at - timedelta(microseconds=1) if self.ends_at else None

    @property
    def is_over(self) -> bool:
        """Whether the person is back."""
        return self.ends_at is not None and self.ends_at <= clock.now()
