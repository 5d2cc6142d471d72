"""What surrounds every address of the API: the journal's door, problems for whatever goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from estafeta.accounts import logos, photos
from estafeta.api import problems
from estafeta.files.intake import most_bytes
from estafeta.tickets.via import Via, coming_via

View = Callable[..., HttpResponse]

MOST_BYTES = 4 * 1024 * 1024
"""The longest text, each letter of it escaped, takes two and a half."""
FILES = ("/api/v1/files", "/api/v1/chat/files")
PICTURES = {
    "/api/v1/me/photo": photos.MOST_BYTES,
    "/api/v1/administration/look/logo": logos.MOST_BYTES,
}
"""These addresses take bytes instead of JSON."""
ROOM_AROUND = 64 * 1024


def guarded(view: View) -> View:
    """The view of one address, with every fault turned into problem details."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with coming_via(Via.API):
                response = _refused(request) or view(request, *args, **kwargs)
        except Exception as error:
            response = problems.answer(request, error)
        if response.status_code == 405 and not _is_problem(response):
            response = _not_this_method(request, response)
        if link := getattr(request, "next_page", None):
            response["Link"] = link
        response.headers.setdefault("Cache-Control", "no-store")
        response["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
        return response

    return answered


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:
    """404 for an address that the API does not have."""
    return problems.not_found(request)


def around(patterns: Sequence[URLPattern | URLResolver]) -> list[URLPattern]:
    """The same addresses, guarded, and behind them a 404 of our own.

    Without their names, which are those of the desk's pages.
    """
    inside = [
        path(str(p.pattern), guarded(p.callback)) for p in patterns if isinstance(p, URLPattern)
    ]
    return [*inside, re_path("", guarded(nothing_here))]


def _refused(request: HttpRequest) -> HttpResponse | None:
    """What is refused before anybody reads it: too much, or not JSON."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if "Transfer-Encoding" in request.headers and length == "0":
        return problems.without_length(request)
    if not length.isdecimal() or int(length) == 0:
        return None
    if int(length) > _most(request):
        return problems.problem(request, 413, _("The request is too large."))
    if request.method == "POST" and request.content_type != _wanted(request):
        detail = _("Send the body as %(type)s.") % {"type": _wanted(request)}
        return problems.problem(request, 415, detail)
    return None


def _takes_a_file(request: HttpRequest) -> bool:
    return request.path in FILES or request.path in PICTURES


def _most(request: HttpRequest) -> int:
    if not _takes_a_file(request):
        return MOST_BYTES
    # A picture somewhat too large is refused by who reads it, in better words.
    return max(PICTURES.get(request.path, 0), most_bytes()) + ROOM_AROUND


def _wanted(request: HttpRequest) -> str:
    return "multipart/form-data" if _takes_a_file(request) else "application/json"


def _not_this_method(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    allowed = sorted(name.strip() for name in refused["Allow"].split(","))
    detail = _("Possible here: %(methods)s.") % {"methods": ", ".join(allowed)}
    response = problems.problem(request, 405, detail)
    response["Allow"] = ", ".join(allowed)
    return response


def _is_problem(response: HttpResponse) -> bool:
    return response.get("Content-Type", "") == problems.MEDIA_TYPE
