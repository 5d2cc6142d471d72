"""Time zones as people look for them: the name of a city, and how far from UTC it is now."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location
from django.utils import timezone

NO_PLACES = ("Etc/", "SystemV/", "US/", "posix/", "right/", "Mexico/", "Brazil/", "Chile/")


@lru_cache(maxsize=4)
def choices(language: str) -> list[tuple[str, str]]:
    """Every zone of a place with its label in the language, from west to east, UTC first."""
    now = timezone.now()
    places = [n for n in available_timezones() if "/" in n and not n.startswith(NO_PLACES)]
    places.sort(key=lambda name: (_offset(name, now), name))
    labels: dict[str, str] = {}
    for name in places:
        # Older names of the same city would only repeat it.
        labels.setdefault(_label(name, language, now), name)
    return [("UTC", "UTC"), *((name, label) for label, name in labels.items())]


def is_known(name: str) -> bool:
    """Whether there is such a zone."""
    return name in available_timezones()


def _offset(name: str, now: datetime) -> timedelta:
    return now.astimezone(ZoneInfo(name)).utcoffset() or timedelta()


def _label(name: str, language: str, now: datetime) -> str:
    minutes = int(_offset(name, now).total_seconds()) // 60
    sign = "−" if minutes < 0 else "+"
    return f"{_city(name, language)} · UTC{sign}{abs(minutes) // 60}:{abs(minutes) % 60:02}"


def _city(name: str, language: str) -> str:
    """The translations know some cities by the zone's older name only: Kyiv, Kolkata."""
    newer = get_global("zone_aliases")
    now = newer.get(name, name)
    known = Locale.parse(language).time_zones
    for same in (now, *(old for old, new in newer.items() if new == now)):
        if city := known.get(same, {}).get("city"):
            return str(city)
    return get_timezone_location(name, locale=language, return_city=True)
