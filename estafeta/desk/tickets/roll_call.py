"""Who has seen it, begun, finished: the parts of several performers, and the deadlines there were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from estafeta.desk.page import DeskRequest, is_fragment, render_page
from estafeta.desk.tickets.access import with_ticket
from estafeta.tickets.performers import shifts
from estafeta.tickets.performers.roll_call import roll_call
from estafeta.tickets.permissions import Relation, allowed_verbs
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.tickets.models import Ticket


@require_safe
@with_ticket
def roll_call_page(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """The whole matrix: performer × seen, begun, finished."""
    verbs = allowed_verbs(Relation.between(request.user, ticket))
    context = {"ticket": ticket, "call": roll_call(ticket), "may_nudge": Verb.NUDGE in verbs}
    return _show(request, "roll_call", context)


@require_safe
@with_ticket
def deadlines_page(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """The first deadline, and everything that was proposed and shifted since."""
    context = {
        "ticket": ticket, "at_first": shifts.at_first(ticket), "shifts": shifts.shifts(ticket),
    }  # fmt: skip
    return _show(request, "deadlines", context)


def _show(request: DeskRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    if is_fragment(request):
        return render(request, f"desk/tickets/{name}_dialog.html", context)
    return render_page(request, f"desk/tickets/{name}_page.html", context)
