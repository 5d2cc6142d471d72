"""What was sent to oneself."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from estafeta.desk.ledger.lines import about, line_of
from estafeta.desk.page import DeskRequest, render_page, signed_in
from estafeta.desk.profile.tabs import tabs
from estafeta.lib.ids import bounded
from estafeta.notifications.models import Delivery
from estafeta.tickets import numbers
from estafeta.tickets.models import Ticket

ROWS = 50


@require_safe
@signed_in
def messages(request: DeskRequest) -> HttpResponse:
    """The newest first; of tickets that one no longer sees only that something was sent."""
    before = request.GET.get("before", "")
    rows = Delivery.objects.filter(person=request.user)
    rows = rows.select_related("notification")
    if before.isdecimal() and len(before) < 20:
        rows = rows.filter(pk__lt=bounded(int(before)))
    found = list(rows.order_by("-pk")[: ROWS + 1])
    shown = found[:ROWS]
    told = {row.notification.ticket_id for row in shown if row.notification}
    seen = Ticket.objects.visible_to(request.user).in_bulk(told)
    context = {
        "tabs": tabs("own_messages"),
        "rows": [
            {
                "line": line_of(row), "created_at": row.created_at,
                "seen_at": row.notification.seen_at if row.notification else None,
                "announcement": row.announcement_id,
                "notice": about(row) if row.notice is not None else "",
                "ticket": _ticket(seen.get(row.notification.ticket_id))
                if row.notification
                else None,
            }
            for row in shown
        ],
        "older": f"?before={shown[-1].pk}" if len(found) > ROWS else "",
        "newest": "?" if before else "",
    }  # fmt: skip
    return render_page(request, "desk/ledger/own.html", context)


def _ticket(row: Ticket | None) -> dict[str, Any] | None:
    """Nothing of one that he no longer sees."""
    if row is None:
        return None
    label = numbers.signed(row.pk, row.department_id)
    return {"number": row.pk, "label": label, "title": row.title}
