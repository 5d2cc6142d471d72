"""What is shown once, after the redirect that follows a form: a secret that is kept nowhere.

It travels in a signed cookie of one minute, for that one address, and is taken away when it is shown;
loading the page again neither shows it again nor makes another one.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

COOKIE = "shown_once"
SECONDS = 60
_SALT = "estafeta.shown_once"


def redirect_with(path: str, told: dict[str, Any]) -> HttpResponse:
    """Go there; `told` is shown on arrival."""
    response = HttpResponseRedirect(path, status=303)
    response.set_cookie(
        COOKIE, signing.dumps(told, salt=_SALT), max_age=SECONDS, path=path, httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Strict",
    )  # fmt: skip
    return response


def told_to(request: HttpRequest) -> dict[str, Any]:
    """What was sent along, or nothing."""
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=SECONDS)
    except (signing.BadSignature, json.JSONDecodeError):
        return {}
    return told if isinstance(told, dict) else {}


def and_forget(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The page that shows it takes it away."""
    if COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=request.path, samesite="Strict")
    return response
