"""The bell: its panel, its page, and reading it all at once."""

from __future__ import annotations

import json

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from estafeta.desk.bell.lines import lines_of
from estafeta.desk.page import DeskRequest, is_fragment, render_page, signed_in
from estafeta.lib.ids import bounded
from estafeta.notifications import reading, seen
from estafeta.notifications.models import Notification
from estafeta.notifications.summary import entries_of, message_about

PANEL_SIZE = 20
PAGE_SIZE = 40
LISTED = 100


@require_safe
@signed_in
def panel(request: DeskRequest) -> HttpResponse:
    """What the bell opens."""
    found = reading.page(request.user, size=PANEL_SIZE)
    return _panel(request, found)


@require_safe
@signed_in
def page(request: DeskRequest) -> HttpResponse:
    """Everything the person was told, page by page."""
    found = reading.page(request.user, before=_number(request, "before"), size=PAGE_SIZE)
    older = f"{reverse('notifications')}?before={found.older}" if found.older else ""
    is_first = "before" not in request.GET
    context = {"lines": lines_of(found.rows), "older": older, "is_first": is_first}
    return render_page(request, "desk/bell/page.html", context)


@require_safe
@signed_in
def summary(request: DeskRequest, number: int) -> HttpResponse:
    """The tickets of one line that tells of many; looking at it reads it."""
    rows = Notification.objects.of(request.user).with_what_happened().select_related("person")
    row = rows.filter(pk=bounded(number), amount__gt=1).first()
    if row is None:
        raise Http404
    seen.settle(Notification.objects.filter(pk=row.pk))
    found = entries_of(row, after=_number(request, "after") or 0, most=LISTED)
    context = {
        "row": row, "message": message_about(row), "entries": found.entries,
        "following": found.following,
    }  # fmt: skip
    return render_page(request, "desk/bell/summary.html", context)


@require_POST
@signed_in
def read_all(request: DeskRequest) -> HttpResponse:
    """Nothing calls any more."""
    seen.mark_all_seen(request.user)
    if not is_fragment(request):
        return HttpResponseRedirect(reverse("notifications"))
    response = _panel(request, reading.page(request.user, size=PANEL_SIZE))
    response.headers["HX-Trigger"] = json.dumps({"live:seen": {"unread": 0}})
    return response


def _panel(request: DeskRequest, found: reading.BellPage) -> HttpResponse:
    return render(request, "desk/bell/panel.html", {"lines": lines_of(found.rows)})


def _number(request: DeskRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    is_number = text.isascii() and text.isdigit() and len(text) < 20
    return bounded(int(text)) if is_number else None
