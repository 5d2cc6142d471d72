"""The time at which things happen: now, unless history is being written (demo, import)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """An aware moment in UTC."""
    return _told.get() or timezone.now()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Inside, `now` is `moment`."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
