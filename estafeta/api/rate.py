"""How many requests a minute one token may make.

Counted in the memory of each web process, so that reading never writes: with N web processes a
token gets at most N times the rate.
"""

from __future__ import annotations

import math
import threading
import time

from django.conf import settings

_free_at: dict[int, float] = {}
_lock = threading.Lock()


def most() -> int:
    """Requests a minute; 0 means any number."""
    return int(settings.API_REQUESTS_PER_MINUTE)


def seconds_to_wait(token: int) -> int:
    """0 and one request counted, or the whole seconds after which the next is answered.

    Each request takes its share of the minute; a minute's worth may come at once.
    """
    if not (per_minute := most()):
        return 0
    share, now = 60 / per_minute, time.monotonic()
    with _lock:
        busy_until = max(_free_at.get(token, now), now)
        if busy_until + share - now > 60 + 1e-9:
            return max(1, math.ceil(busy_until + share - now - 60))
        _free_at[token] = busy_until + share
    return 0


def forget() -> None:
    """Start counting anew."""
    with _lock:
        _free_at.clear()
