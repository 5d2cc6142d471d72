"""When each session was last used, written down at most every few minutes."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from estafeta.accounts import security
from estafeta.presence import states

EVERY_SECONDS = 300
ACTED_SECONDS = 120
BY_ITSELF = "X-By-Itself"
"""Sent by pages that fetch themselves anew: nobody has done anything."""
MOST_KEPT = 10_000

_written: OrderedDict[tuple[str, str], float] = OrderedDict()


class LastSeenMiddleware:
    """A page costs nothing more: this process remembers what it wrote lately."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        key = request.session.session_key
        if not key or not request.user.is_authenticated:
            return response
        if BY_ITSELF not in request.headers and _is_due("acted", key, ACTED_SECONDS):
            states.act(request.user.pk)
        if _is_due("seen", key, EVERY_SECONDS):
            UserSession.objects.filter(session_key=key).update(
                last_seen_at=timezone.now(), ip=security.current_address() or "127.0.0.1"
            )
        return response


def _is_due(what: str, session: str, every: float) -> bool:
    """First sight only starts the clock: signing in has just written the row."""
    now, key = time.monotonic(), (what, session)
    is_due = now - _written.setdefault(key, now) >= every
    if is_due:
        _written[key] = now
    _written.move_to_end(key)
    if len(_written) > MOST_KEPT:
        _written.popitem(last=False)
    return is_due
