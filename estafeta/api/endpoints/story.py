"""What happened to a ticket."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from estafeta.api.cursors import page_of
from estafeta.api.lookups import the_person, ticket_or_404
from estafeta.api.paging import After, Limit, Number, linked
from estafeta.api.schemas.tickets import EntryOut, Journal
from estafeta.tickets.models import Entry
from estafeta.tickets.relations.relating import without_unseen

router = Router(tags=["Tickets"])


@router.get(
    "/{int:number}/journal", response=Journal, operation_id="journal", summary="The journal"
)
def journal(
    request: HttpRequest, number: Number, after: After = None, limit: Limit = 50
) -> Journal:
    """Who did what, when, oldest first. Each line's hash covers the one before it.

    Lines about another ticket that you do not see are missing.
    """
    ticket = ticket_or_404(request, number)
    lines = Entry.objects.filter(ticket=ticket).select_related("actor", "on_behalf_of")
    rows, following = page_of(lines.readable_by(the_person(request)), after, limit)
    entries = [EntryOut.of(row) for row in without_unseen(rows, the_person(request))]
    return linked(request, Journal(entries=entries, next=following))
