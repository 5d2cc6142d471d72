"""The bell: its panel, its page, and reading it all at once."""

from __future__ import annotations

import json

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from estafeta.desk.bell.lines import lines_of
from estafeta.desk.page import DeskRequest, is_fragment, render_page, signed_in
from estafeta.notifications import reading, seen

PANEL_SIZE = 20
PAGE_SIZE = 40
LARGEST_ID = 2**63 - 1


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
    found = reading.page(request.user, before=_before(request), size=PAGE_SIZE)
    older = f"{reverse('notifications')}?before={found.older}" if found.older else ""
    is_first = "before" not in request.GET
    context = {"lines": lines_of(found.rows), "older": older, "is_first": is_first}
    return render_page(request, "desk/bell/page.html", context)


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


def _before(request: DeskRequest) -> int | None:
    text = request.GET.get("before", "")
    is_number = text.isascii() and text.isdigit() and len(text) < 20
    return min(int(text), LARGEST_ID) if is_number else None
