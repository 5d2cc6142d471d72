"""Pages that a device keeps, to show them again without network. Only those that say so are kept.

The header names the person and the session: what was kept for another one is thrown away by the
service worker (static/js/worker_pages.js), and everything when somebody signs out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from estafeta.desk.page import is_fragment

HEADER = "X-Kept-For"

View = Callable[..., HttpResponse]


def owner_of(request: Any) -> str:
    """Person and session, without telling the session's key."""
    key = str(request.session.session_key or "").encode()
    secret = settings.SECRET_KEY.encode()[:64]
    return f"{request.user.pk}-{hashlib.blake2b(key, key=secret, digest_size=6).hexdigest()}"


def kept(view: View) -> View:
    """Inside of `signed_in`: whole pages of this view may be kept."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: Any, **more: Any) -> HttpResponse:
        response = view(request, *args, **more)
        if request.method == "GET" and response.status_code == 200 and not is_fragment(request):
            response.headers[HEADER] = owner_of(request)
        return response

    return answer
