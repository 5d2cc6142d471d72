"""What a person may not do without end, because it costs the others: files, searches, previews.

Opening lists and tickets is not counted. The numbers are settings of the installation.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from estafeta.desk.page import DeskRequest
from estafeta.lib import rate

NO_PAGE = ("HX-Request", "X-Requested-With")
"""Headers of requests that are made from within a page, which stays as it is."""
P = ParamSpec("P")
View = Callable[Concatenate[DeskRequest, P], HttpResponse]


class Limited(StrEnum):
    """What is counted; the values are the keys of `settings.DESK_RATES`."""

    UPLOAD = "upload"
    STORY = "story"
    EXPORT = "export"
    SEARCH = "search"
    PREVIEW = "preview"


@dataclass(frozen=True)
class Limit:
    """`for_all`: counted for all web processes together, which takes a write."""

    words: str | Promise
    for_all: bool = False


LIMITS: dict[Limited, Limit] = {
    Limited.UPLOAD: Limit(_("You have sent very many files in a short time."), for_all=True),
    Limited.STORY: Limit(_("You have taken very many stories in a short time."), for_all=True),
    Limited.EXPORT: Limit(_("You have taken very many lists in a short time."), for_all=True),
    Limited.SEARCH: Limit(_("You have searched very often in a short time.")),
    Limited.PREVIEW: Limit(_("You have looked at very many previews in a short time.")),
}


def limited(what: Limited) -> Callable[[View[P]], View[P]]:
    """Answer 429 to a person who asks too often."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(request: DeskRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            wait = seconds_to_wait(what, request)
            return too_often(request, what, wait) if wait else view(request, *args, **kwargs)

        return answer

    return decorate


def seconds_to_wait(what: Limited, request: DeskRequest) -> int:
    """0 and once counted for this person, or how long to wait."""
    return rate.seconds_to_wait(
        what, request.user.pk, most=settings.DESK_RATES[what], for_all=LIMITS[what].for_all
    )


def too_often(request: DeskRequest, what: Limited, wait: int) -> HttpResponse:
    """Why, and when to go on: as a toast, as JSON or as a page, whatever was asked for."""
    words = ngettext(
        "%(why)s Please wait %(count)s second.", "%(why)s Please wait %(count)s seconds.", wait
    ) % {"why": LIMITS[what].words, "count": wait}
    response: HttpResponse
    if what is Limited.UPLOAD or "application/json" in request.headers.get("Accept", ""):
        response = JsonResponse({"error": words}, status=429)
    elif any(name in request.headers for name in NO_PAGE):
        response = HttpResponse(words, status=429, content_type="text/plain; charset=utf-8")
        response.headers["HX-Trigger"] = json.dumps({"toast": {"text": words, "tone": "error"}})
    else:
        response = _page(request, words)
    response.headers["Retry-After"] = str(wait)
    return response


def _page(request: DeskRequest, words: str) -> HttpResponse:
    context = {
        "icon": "hourglass",
        "title": _("A little slower, please"),
        "text": words,
        "status": 429,
        "again": request.get_full_path() if request.method == "GET" else "",
    }
    return HttpResponse(get_template("errors/too_often.html").render(context), status=429)
