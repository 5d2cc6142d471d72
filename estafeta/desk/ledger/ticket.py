"""Of one ticket: who was told of what, how, and whether he has seen it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from estafeta.desk.ledger.lines import line_of
from estafeta.desk.page import DeskRequest, is_fragment, page_number, render_page
from estafeta.desk.tickets.access import with_ticket
from estafeta.notifications.told import Told, entries_told, told_of
from estafeta.tickets import phrases
from estafeta.tickets.models import Ticket

ROWS = 20


@require_safe
@with_ticket
def told(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """For staff: clients do not learn who of it is told of what."""
    if not request.user.is_agent:
        raise Http404
    page = Paginator(entries_told(ticket, reader=request.user), ROWS).get_page(page_number(request))
    entries = list(page)
    found = told_of(entries)
    context = {
        "ticket": ticket,
        "entries": [
            {
                "actor": entry.actor, "phrase": phrases.phrase(entry), "at": entry.at,
                "told": [_row(one) for one in found.get(entry.pk, [])],
            }
            for entry in entries
        ],
        "newer": f"?page={page.number - 1}" if page.has_previous() else "",
        "older": f"?page={page.number + 1}" if page.has_next() else "",
    }  # fmt: skip
    if is_fragment(request):
        return render(request, "desk/ledger/told_dialog.html", context)
    return render_page(request, "desk/ledger/told_page.html", context)


def _row(one: Told) -> dict[str, Any]:
    return {
        "person": one.person, "department": one.department, "stands_in_for": one.stands_in_for,
        "seen_at": one.seen_at, "amount": one.amount,
        "lines": [line_of(delivery, is_foreign=True) for delivery in one.deliveries],
    }  # fmt: skip
