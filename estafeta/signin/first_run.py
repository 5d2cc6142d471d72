"""Until an administrator exists, every page leads to the first-run page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from estafeta.accounts.models import Site

PATH = "/first-run"
OPEN_BEFORE = (PATH, "/language", "/healthz", "/static/", "/files/", "/api/", "/styleguide")


def is_set_up() -> bool:
    """Free once it is true; before that the row is read anew, another process may have set it."""
    if Site.current().is_set_up:
        return True
    Site.forget()
    return Site.current().is_set_up


class FirstRunMiddleware:
    """Sends whoever comes to `/first-run` while the installation is not set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OPEN_BEFORE) or is_set_up():
            return self.get_response(request)
        return HttpResponseRedirect(PATH)
