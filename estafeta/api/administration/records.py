"""Deleted tickets, and protocols of those that were removed for good."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from estafeta.api.administration import room
from estafeta.api.cursors import page_of
from estafeta.api.lookups import the_person
from estafeta.api.paging import After, Limit, Number, linked
from estafeta.api.schemas.administration.records import (
    DeletedOut,
    DeletedTickets,
    PurgeBody,
    PurgeOut,
    Purges,
)
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Purge
from estafeta.tickets.upkeep import purging
from estafeta.tickets.upkeep.deleted import deleted, told

router = room.router("Administration: records")
purges_router = room.router("Administration: records")


@router.get("", response=DeletedTickets, operation_id="deleted_tickets", summary="Deleted tickets")
def listing(request: HttpRequest, after: After = None, limit: Limit = 50) -> DeletedTickets:
    """Who deleted which and why. `POST /tickets/{number}/restore` brings one back."""
    rows, following = page_of(deleted(), after, limit, newest_first=True)
    found = [DeletedOut.of(row) for row in told(rows)]
    return linked(request, DeletedTickets(tickets=found, next=following))


@router.post(
    "/{int:number}/purge",
    response=PurgeOut,
    operation_id="purge",
    summary="Remove a ticket for good",
)
def purge(request: HttpRequest, number: Number, body: PurgeBody) -> PurgeOut:
    """A deleted ticket with all that belongs to it, and those merged into it.

    Nothing brings it back. The answer is the protocol, which stays and keeps the journal provable.
    """
    ticket = deleted().filter(pk=number).first()
    if ticket is None:
        raise Http404
    if body.number != ticket.pk:
        raise Invalid("number", _("Type the number of this ticket."))
    return PurgeOut.of(purging.purge(ticket, by=the_person(request), reason=body.reason))


@purges_router.get(
    "", response=Purges, operation_id="purges", summary="Protocols of what was removed for good"
)
def protocols(request: HttpRequest, after: After = None, limit: Limit = 50) -> Purges:
    """They form a chain of their own."""
    rows = Purge.objects.select_related("by").defer("seals")
    found, following = page_of(rows, after, limit, newest_first=True)
    return linked(request, Purges(purges=[PurgeOut.of(row) for row in found], next=following))
