"""The link at the end of a letter: switches such letters off without signing in.

A mail program posts to it by itself (RFC 8058); a person sees a page first, for programs that only
look at links must not act.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from estafeta.accounts.models import Person
from estafeta.notifications import switching_off, unsubscribing
from estafeta.notifications.message import language_of
from estafeta.notifications.unsubscribing import Ask


# The token in the address is the proof: a mail program has no cookie of ours.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, or act."""
    ask = unsubscribing.read(token)
    person = Person.objects.filter(pk=ask.person, is_active=True).first() if ask else None
    if ask is None or person is None:
        return _page(request, {"is_dead": True}, status=404)
    with translation.override(language_of(person)):
        done = _act(request, ask) if request.method == "POST" else ""
        labels = unsubscribing.labels(ask.kinds)
        return _page(request, {"ask": ask, "labels": labels, "done": done, "is_dead": False})


def _act(request: HttpRequest, ask: Ask) -> str:
    """Do what was asked for; says what is true now. A mail program asks for nothing in particular."""
    wish = request.POST.get("wish", "")
    if wish == "kinds":
        switching_off.switch(ask, is_on=False)
    elif wish == "undo_ticket":
        switching_off.mute_ticket(ask, is_muted=False)
    elif wish == "undo_kinds":
        switching_off.switch(ask, is_on=True)
    else:
        return switching_off.act(ask)
    return wish


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    title = _("Letters")
    response = render(
        request, "desk/channels/unsubscribe.html", {"title": title, **context}, status=status
    )
    patch_cache_control(response, private=True, no_store=True)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
