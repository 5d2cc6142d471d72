"""The language before sign-in: a cookie; whoever is signed in keeps it in the profile."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.views.decorators.http import require_POST

from estafeta.accounts.middleware import KNOWN
from estafeta.lib.own_path import own_path

ONE_YEAR = 365 * 86400


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language and go back to the page."""
    response = HttpResponseRedirect(own_path(request.POST.get("next", "")) or "/")
    if request.POST.get("language") in KNOWN:
        remember(response, request.POST["language"])
    return response


def remember(response: HttpResponse, language: str) -> None:
    """Put the language into the cookie."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=ONE_YEAR, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE, httponly=True,
    )  # fmt: skip


def chooser(request: HttpRequest) -> dict[str, object]:
    """What `signin/languages.html` needs."""
    current = translation.get_language()
    return {
        "languages": [
            {"code": code, "name": name, "current": code == current}
            for code, name in settings.LANGUAGES
        ],
        "here": request.get_full_path() if request.method == "GET" else request.path,
    }
