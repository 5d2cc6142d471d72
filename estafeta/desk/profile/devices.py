"""Where one is signed in, and ending it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from estafeta.accounts import security, sessions
from estafeta.accounts.models import SecurityEntry
from estafeta.accounts.models.security_entry import Kind
from estafeta.desk.page import DeskRequest, render_page, signed_in
from estafeta.desk.profile.tabs import tabs
from estafeta.lib import browsers
from estafeta.lib.ids import bounded

LATEST = 10


@signed_in
@require_http_methods(["GET", "HEAD"])
def show(request: DeskRequest) -> HttpResponse:
    """The living sessions and the latest sign-ins."""
    here = request.session.session_key
    rows = [
        {
            "number": row.pk, "browser": browsers.name_of(row.user_agent) or _("Unknown browser"),
            "is_handheld": browsers.is_handheld(row.user_agent), "address": row.ip,
            "since": row.created_at, "seen": row.last_seen_at, "is_here": row.session_key == here,
        }
        for row in sessions.of(request.user)
    ]  # fmt: skip
    rows.sort(key=lambda row: not row["is_here"])
    latest = SecurityEntry.objects.of_group("sign_in").filter(about=request.user)[:LATEST]
    context = {"tabs": tabs("devices"), "sessions": rows, "latest": latest}
    return render_page(request, "desk/profile/devices.html", context)


@signed_in
@require_POST
def end(request: DeskRequest) -> HttpResponse:
    """End one session, or all but this."""
    person, number = request.user, request.POST.get("number", "")
    if number and not (number.isdecimal() and len(number) < 20):
        raise Http404
    only = bounded(int(number)) if number else None
    ended = sessions.end(person, only=only, keep=request.session.session_key)
    if only is not None and not ended:
        raise Http404
    if ended:
        security.record(Kind.SESSIONS_ENDED, by=person, about=person, count=ended)
    messages.success(
        request, _("This device is signed out.") if only else _("All other devices are signed out.")
    )
    return HttpResponseRedirect("/profile/devices")
