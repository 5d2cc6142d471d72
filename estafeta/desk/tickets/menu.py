"""Everything that can be done with a ticket, for the menu of its row in a list."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from estafeta.desk.page import DeskRequest, is_fragment
from estafeta.desk.tickets.access import with_ticket
from estafeta.desk.tickets.offer import offer
from estafeta.notifications.muted import is_muted
from estafeta.tickets.models import Ticket
from estafeta.tickets.permissions import Relation


@require_safe
@with_ticket
def row_menu(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """Asked for when it is opened; without JavaScript the page of the ticket has it all."""
    if not is_fragment(request):
        return HttpResponseRedirect(reverse("ticket", args=[ticket.pk]))
    made = offer(Relation.between(request.user, ticket))
    context: dict[str, Any] = {
        "ticket": ticket,
        "offer": made,
        "outside": [one for one in (made.primary, *made.beside) if one],
        "target": f"row-{ticket.pk}",
        "is_muted": is_muted(request.user, ticket),
    }
    return render(request, "desk/tickets/menu.html", context)
