"""Whoever holds a stream is here: his leases, and those of his open pages, are renewed in time."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from functools import partial

from estafeta.presence import places, states
from estafeta.realtime.visitors import Visitor

RENEW_SECONDS = 20.0


class Leases:
    """A few statements for all streams of a process, however many there are."""

    def __init__(self) -> None:
        self._came: set[int] = set()
        self._renewed_at = 0.0

    def begin(self, visitor: Visitor) -> None:
        """Somebody has just come: others see it soon, not only with the next renewal."""
        self._came.add(visitor.person)

    def due(self, visitors: Collection[Visitor]) -> Callable[[], None] | None:
        """What has to be written now, if anything has; run it in a thread."""
        came, self._came = self._came, set()
        if time.monotonic() - self._renewed_at >= RENEW_SECONDS:
            self._renewed_at = time.monotonic()
            return partial(_renew, {one.person for one in visitors}, visitors) if visitors else None
        return partial(states.renew, came) if came else None


def renew(visitor: Visitor) -> None:
    """The same for one who fetches now and then, because no stream comes through to him."""
    _renew({visitor.person}, [visitor])


def _renew(people: set[int], visitors: Collection[Visitor]) -> None:
    states.renew(people)
    places.renew({places.mark(one.session) for one in visitors})
