"""Sizes in words."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _

KILO = 1000


def size_of(size: int) -> str:
    """`340 KB`, `2.4 MB`: as file managers say it."""
    if size < KILO * KILO:
        return _("%(size)s KB") % {"size": max(round(size / KILO), 1)}
    return _("%(size)s MB") % {"size": number_format(size / KILO / KILO, 1)}
