"""What every page of the desk shares: who asks, through which door, and the frame around it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from estafeta.accounts.models import Person, Site
from estafeta.desk import navigation
from estafeta.realtime import changes
from estafeta.tickets.via import Via, coming_via

P = ParamSpec("P")


class DeskRequest(HttpRequest):
    """A request whose sender is known."""

    user: Person
    # Where the journal stood before a page was made: the stream tells what has changed since.
    journal_entry: int | None


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page; a boosted link asks for the whole."""
    return "HX-Request" in request.headers and "HX-Boosted" not in request.headers


def signed_in(
    view: Callable[Concatenate[DeskRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Answer only to people; others sign in first and then come back here."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = get_user(request)
        if not isinstance(person, Person) or not person.is_active:
            return _to_sign_in(request)
        known = cast(DeskRequest, request)
        # The person himself in place of Django's lazy wrapper: the rules ask him very often.
        known.user = person
        known.journal_entry = None if is_fragment(request) else changes.newest()
        with coming_via(Via.DESK):
            response = view(known, *args, **kwargs)
        # What one person saw must not come back from a cache for the next one at this computer.
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    return answer


def render_page(
    request: DeskRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page with navigation, counters, bell and the person's own settings around it."""
    return render(request, template, {**frame(request), **context}, status=status)


def page_number(request: DeskRequest) -> int:
    """Which page of a list in numbered pages is asked for; the first for what is no number."""
    text = request.GET.get("page", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 1


def frame(request: DeskRequest) -> dict[str, Any]:
    """What the layout needs; `shell` is described in `templates/layout/app.html`."""
    person = request.user
    site = Site.current()
    return {
        "shell": navigation.shell(request),
        "theme": person.theme,
        "time_zone": person.time_zone or site.time_zone,
        "popup_place": person.popup_place,
        "site_name": site.organisation_name,
        "me": {
            "person": person.pk,
            "stream": "/events",
            "entry": request.journal_entry,
            "announced": site.announcements_version,
            "sound": person.popup_sound,
            "language": request.headers.get("Content-Language", ""),
        },
    }


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    came_from = request.get_full_path()
    if is_fragment(request):
        current = urlsplit(request.headers.get("HX-Current-URL", ""))
        came_from = current.path + (f"?{current.query}" if current.query else "") or "/"
    address = f"{settings.LOGIN_URL}?next={quote(came_from)}"
    if is_fragment(request):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
