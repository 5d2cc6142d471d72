"""From the page of a ticket: others that exist become parts of it, with a report like any run."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from estafeta.desk.bulk.report import after
from estafeta.desk.bulk.two_forms import Adopt
from estafeta.desk.page import DeskRequest, is_fragment, render_page
from estafeta.desk.tickets.access import with_ticket
from estafeta.tickets.bulk import runs
from estafeta.tickets.errors import Invalid, NotAllowed, NotNow
from estafeta.tickets.models import Ticket
from estafeta.tickets.permissions import Relation, may
from estafeta.tickets.statuses import ALLOWED, Status
from estafeta.tickets.verbs import Verb


@require_http_methods(["GET", "HEAD", "POST"])
@with_ticket
def adopt(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """Ask which, and make them sub-tickets."""
    if not may(Verb.ADD_SUBTASK, Relation.between(request.user, ticket)):
        raise PermissionDenied(str(NotAllowed(Verb.ADD_SUBTASK)))
    is_sent = request.method == "POST"
    form = Adopt(request.POST if is_sent else None, whole=ticket, reader=request.user)
    if Verb.ADD_SUBTASK not in ALLOWED[Status(ticket.status)]:
        refused = NotNow(Verb.ADD_SUBTASK, ticket)
        return _show(request, ticket, form, problem=str(refused), status=409)
    if not is_sent:
        return _show(request, ticket, form)
    if not form.is_valid():
        return _show(request, ticket, form, status=422)
    numbers = [part.pk for part in form.cleaned_data["parts"]]
    try:
        run = runs.begin(Verb.MAKE_SUBTASK, numbers, by=request.user, keywords={"other": ticket})
    except Invalid as refused:
        form.add_error("parts", str(refused))
        return _show(request, ticket, form, status=422)
    return after(request, run)


def _show(
    request: DeskRequest, ticket: Ticket, form: Adopt, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"ticket": ticket, "form": form, "problem": problem}
    if not is_fragment(request):
        return render_page(request, "desk/bulk/adopt_page.html", context, status=status)
    response = render(request, "desk/bulk/adopt.html", context, status=status)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#dialog", "innerHTML"
    return response
