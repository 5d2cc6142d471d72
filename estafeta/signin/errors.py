"""Pages for what went wrong: what happened, and what to do next.

They are rendered without a request and without the database: the one for 500 has to work when
nothing else does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OWN_BODIES = ("/api/", "/files/", "/static/", "/events", "/healthz")
"""What answers here speaks for itself."""


@dataclass(frozen=True)
class ErrorText:
    """What one status says."""

    icon: str
    title: str | Promise
    text: str | Promise


TEXTS: dict[int, ErrorText] = {
    400: ErrorText(
        "alert-circle",
        _("We did not understand this"),
        _("The address or what was sent with it is damaged. Go back and try again."),
    ),
    403: ErrorText("lock", _("You may not do this"), _("Ask your head or an administrator.")),
    404: ErrorText(
        "search",
        _("Nothing here"),
        _("This page does not exist, or it is not meant for you, or it has left your desk."),
    ),
    405: ErrorText(
        "ban",
        _("This does not work from here"),
        _("Open the page from the menu and use its buttons."),
    ),
    413: ErrorText(
        "file", _("This is too large"), _("Send less text or a smaller file, please.")
    ),
    429: ErrorText(
        "hourglass", _("Too many tries"), _("Please wait some minutes and try again.")
    ),
    500: ErrorText(
        "alert-triangle",
        _("Something broke on our side"),
        _("It has been written down. What you typed before is kept in your browser. Try again in a minute, and tell an administrator if it happens again."),
    ),
    503: ErrorText(
        "hourglass", _("Not ready at this moment"), _("Please try again in a minute.")
    ),
}  # fmt: skip
OLD_FORM = ErrorText(
    "refresh",
    _("This page has been open for too long"),
    _("You have signed in or out meanwhile, or cookies are switched off. Go back, load the page again and send it once more."),
)  # fmt: skip


def error_page(status: int, text: ErrorText | None = None, *, detail: str = "") -> HttpResponse:
    """The page of a status in the language that is active."""
    text = text or TEXTS[status]
    body = get_template("errors/error.html").render(
        {"icon": text.icon, "title": text.title, "text": detail or text.text, "status": status}
    )
    return HttpResponse(body, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _in_some_language(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _in_some_language(request, 403)


def wrong_csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is too old or came from elsewhere."""
    return _in_some_language(request, 403, OLD_FORM)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or nothing this person may see."""
    return _in_some_language(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    """429, where a view has nothing better to say."""
    return _in_some_language(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return _in_some_language(request, 500)


def _in_some_language(
    request: HttpRequest, status: int, text: ErrorText | None = None
) -> HttpResponse:
    """The language of the page; where the request has not come so far, the browser's."""
    wanted = getattr(request, "LANGUAGE_CODE", "")
    wanted = wanted or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if wanted not in dict(settings.LANGUAGES):
        wanted = translation.get_language_from_request(request)
    with translation.override(wanted):
        return error_page(status, text)


class ErrorPagesMiddleware:
    """Puts a page into answers that would be blank, as those to a wrong method are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        blank = response.status_code in TEXTS and not response.streaming and not response.content
        if not blank or request.path.startswith(OWN_BODIES):
            return response
        page = _in_some_language(request, response.status_code)
        for name, value in response.headers.items():
            if name not in ("Content-Type", "Content-Length"):
                page.headers[name] = value
        return page
