"""Counting tries: the limits are ACCOUNT_RATE_LIMITS, the counters lie in the shared cache."""

from __future__ import annotations

import math
import time

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import ngettext

APP = "allauth.account"


def allows(request: HttpRequest, action: str, *, key: str | None = None) -> bool:
    """Count this try; False when there have been too many, by this address or at this key."""
    return ratelimit.consume(request, app=APP, action=action, key=key) is not None


def seconds_to_wait(request: HttpRequest, action: str, *, key: str | None = None) -> int:
    """How long until the next try is allowed; at least one second."""
    now, longest = time.time(), 1.0
    for rate in ratelimit.get_rates(app=APP, action=action):
        place = ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key)
        tries = [at for at in cache.get(place, []) if at > now - rate.duration]
        if len(tries) >= rate.amount:
            longest = max(longest, min(tries[: rate.amount]) + rate.duration - now)
    return math.ceil(longest)


def please_wait(seconds: int) -> str:
    """The message with the waiting time."""
    if seconds < 60:
        return ngettext(
            "Too many tries. Please wait %(count)s second.",
            "Too many tries. Please wait %(count)s seconds.",
            seconds,
        ) % {"count": seconds}
    minutes = math.ceil(seconds / 60)
    return ngettext(
        "Too many tries. Please wait %(count)s minute.",
        "Too many tries. Please wait %(count)s minutes.",
        minutes,
    ) % {"count": minutes}


def wait_or_go(request: HttpRequest, action: str, *, key: str | None = None) -> str:
    """Count this try; an empty text when it is allowed, else what to tell the person."""
    if allows(request, action, key=key):
        return ""
    return please_wait(seconds_to_wait(request, action, key=key))
