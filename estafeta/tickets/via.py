"""Through which door an act came in; the journal keeps it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Via(models.TextChoices):
    """The doors."""

    DESK = "desk", _("on a page")
    API = "api", _("through the API")
    MAIL = "mail", _("by mail")
    TELEGRAM = "telegram", _("in Telegram")
    SCHEDULE = "schedule", _("by schedule")
    SYSTEM = "system", _("by the system")


_current: ContextVar[Via] = ContextVar("via", default=Via.SYSTEM)


def current_via() -> Via:
    """The door of what is happening now; `SYSTEM` unless a face said otherwise."""
    return _current.get()


@contextmanager
def coming_via(door: Via) -> Iterator[None]:
    """Everything inside is journaled as having come through `door`."""
    token = _current.set(door)
    try:
        yield
    finally:
        _current.reset(token)
