"""Where a department receives people who ask for an operator, when, and with which words."""

from __future__ import annotations

from datetime import time
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_WORDS = 500
ALL_DAYS = "1234567"


class Reception(models.Model):
    """One department's; without a row, or closed, nobody there takes such talks."""

    department = models.OneToOneField(
        "accounts.Department", models.CASCADE, primary_key=True, related_name="reception"
    )
    is_open = models.BooleanField(_("Clients may ask for an operator"), default=False)
    about = models.CharField(_("What one can ask about here"), max_length=200, blank=True)
    days = models.CharField(max_length=7, default="12345")
    """Digits of the weekdays, Monday is 1."""
    opens_at = models.TimeField(_("From"), null=True, blank=True, default=time(9))
    closes_at = models.TimeField(_("Until"), null=True, blank=True, default=time(18))
    """Both empty: round the clock."""
    greeting = models.TextField(
        _("Words while one waits"), max_length=LONGEST_WORDS, blank=True, default=""
    )
    closed_words = models.TextField(
        _("Words when nobody is here"), max_length=LONGEST_WORDS, blank=True, default=""
    )
    return_minutes = models.PositiveIntegerField(
        _("Minutes after which the talk of an operator who has gone waits again"),
        default=5, validators=[MaxValueValidator(1440)],
    )  # fmt: skip
    """0: never."""
    close_hours = models.PositiveIntegerField(
        _("Hours of silence after which a talk is closed"),
        default=24, validators=[MinValueValidator(1), MaxValueValidator(720)],
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(opens_at=None, closes_at=None)
                | models.Q(opens_at__isnull=False, closes_at__isnull=False),
                name="reception_has_both_times_or_none",
            )
        ]

    def __str__(self) -> str:
        return f"reception of {self.department_id}"
