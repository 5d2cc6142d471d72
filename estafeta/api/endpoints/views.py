"""Saved views: which there are, and what they hold."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from ninja import Router

from estafeta.api.endpoints.tickets import page_of
from estafeta.api.lookups import the_person
from estafeta.api.paging import After, Limit, Number
from estafeta.api.schemas.tickets import TicketList
from estafeta.api.schemas.views import ViewOut, Views
from estafeta.tickets import saved_views

router = Router(tags=["Tickets"])


@router.get("", response=Views, operation_id="views", summary="Saved views")
def views(request: HttpRequest) -> Views:
    """Your own and those your departments share, with how many tickets each holds."""
    person = the_person(request)
    kept = saved_views.of(person)
    found, most = saved_views.counts(kept, person), saved_views.MOST_COUNTED
    words = {pk: f"{most}+" if amount > most else str(amount) for pk, amount in found.items()}
    return Views(views=[ViewOut.of(view, person.pk, words[view.pk]) for view in kept])


@router.get(
    "/{int:number}/tickets", response=TicketList, operation_id="view_tickets",
    summary="Tickets of a saved view",
)  # fmt: skip
def view_tickets(
    request: HttpRequest, number: Number, after: After = None, limit: Limit = 50
) -> TicketList:
    """A page of the view, in its own order."""
    view = saved_views.find(the_person(request), number)
    question = saved_views.question(view, the_person(request)) if view else None
    if question is None:
        raise Http404
    return page_of(request, question, after, limit)
