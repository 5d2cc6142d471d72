"""Was he told? The ledger of messages: of a ticket, and one's own."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from ninja import Router

from estafeta.api.cursors import page_of
from estafeta.api.lookups import the_person, ticket_or_404
from estafeta.api.paging import After, Limit, Number, linked
from estafeta.api.schemas.deliveries import (
    EntryToldOut,
    OwnDeliveries,
    OwnDeliveryOut,
    TicketTold,
)
from estafeta.notifications.models import Delivery
from estafeta.notifications.told import entries_told, told_of

own_router = Router(tags=["You"])
router = Router(tags=["Tickets"])


@own_router.get(
    "", response=OwnDeliveries, operation_id="own_deliveries", summary="What was sent to you"
)
def own_deliveries(request: HttpRequest, after: After = None, limit: Limit = 50) -> OwnDeliveries:
    """Over every channel, the newest first, with what became of each."""
    rows = Delivery.objects.filter(person=the_person(request))
    found, following = page_of(rows, after, limit, newest_first=True)
    shown = [OwnDeliveryOut.of(row) for row in found]
    return linked(request, OwnDeliveries(deliveries=shown, next=following))


@router.get(
    "/{int:number}/told", response=TicketTold, operation_id="told", summary="Who was told of what"
)
def told(
    request: HttpRequest, number: Number, after: After = None, limit: Limit = 50
) -> TicketTold:
    """For staff: entry by entry everybody who was told, how, and whether he has seen it."""
    ticket, reader = ticket_or_404(request, number), the_person(request)
    if not reader.is_agent:
        raise Http404
    entries, following = page_of(
        entries_told(ticket, reader=reader), after, limit, newest_first=True
    )
    found = told_of(entries)
    shown = [EntryToldOut.of(entry, found.get(entry.pk, [])) for entry in entries]
    return linked(request, TicketTold(entries=shown, next=following))
