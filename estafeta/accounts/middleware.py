"""Language and time zone of the person who asks."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from estafeta.accounts.models import Site

KNOWN = {code for code, _name in settings.LANGUAGES}


def language_of(request: HttpRequest) -> str:
    """The person's own language; before sign-in the cookie's, the browser's, then the site's."""
    person = request.user
    wanted = person.language if person.is_authenticated else ""
    wanted = wanted or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if wanted in KNOWN:
        return wanted
    if not person.is_authenticated:
        for part in request.headers.get("Accept-Language", "").split(","):
            code = part.split(";")[0].strip()[:2].lower()
            if code in KNOWN:
                return code
    site = Site.current().language
    return site if site in KNOWN else settings.LANGUAGE_CODE


class PersonMiddleware:
    """Activates language and time zone for one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        zone = (person.zone if person.is_authenticated else None) or Site.current().zone
        # Django's own name for it: error pages read it where this middleware has ended.
        language = request.LANGUAGE_CODE = language_of(request)
        with timezone.override(zone), translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
