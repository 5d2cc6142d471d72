"""How often somebody may do something: so many times a minute, and a minute's worth may come at once.

Counted in the memory of each process, so that reading never writes: with N web processes somebody
gets at most N times the rate. What costs much more than a write is counted `for_all` processes.
"""

from __future__ import annotations

import math
import threading
import time
import zlib

from django.core.cache import cache
from django.db import transaction

from estafeta.lib import commit_order

WINDOW = 60
_free_at: dict[tuple[str, int], float] = {}
_lock = threading.Lock()


def seconds_to_wait(what: str, who: int, *, most: int, for_all: bool = False) -> int:
    """0 and once counted, or the whole seconds after which it may be done; `most` 0: any number."""
    if not most:
        return 0
    if for_all:
        return _by_the_cache(f"rate:{what}:{who}", most)
    with _lock:
        now = time.monotonic()
        wait, busy_until = _step(_free_at.get((what, who), now), now, most)
        _free_at[what, who] = busy_until
    return wait


def _by_the_cache(place: str, most: int) -> int:
    """One after the other, also for those who ask at the same moment in several processes."""
    with transaction.atomic():
        commit_order.take_turn(zlib.crc32(place.encode()))
        now = time.time()
        wait, busy_until = _step(cache.get(place, now), now, most)
        if not wait:
            cache.set(place, busy_until, WINDOW)
    return wait


def _step(busy_until: float, now: float, most: int) -> tuple[int, float]:
    """Each time takes its share of the minute: how long to wait, and until when it is taken then."""
    share, busy_until = WINDOW / most, max(busy_until, now)
    late = busy_until + share - now - WINDOW
    if late > 1e-6:
        return max(1, math.ceil(late)), busy_until
    return 0, busy_until + share


def forget() -> None:
    """Start counting anew what this process has counted."""
    with _lock:
        _free_at.clear()
