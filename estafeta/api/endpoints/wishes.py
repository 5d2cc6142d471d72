"""What you want to hear of, and which tickets you have muted."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.http import HttpRequest
from ninja import Router

from estafeta.api.lookups import the_person, ticket_or_404
from estafeta.api.paging import Number
from estafeta.api.schemas.wishes import Muted, MutedTicket, MuteOut, WishesBody, WishesOut
from estafeta.notifications import muted, wishing
from estafeta.notifications.models import Mute
from estafeta.notifications.wishes import chosen_by
from estafeta.tickets.models import Ticket

router = Router(tags=["You"])
of_tickets = Router(tags=["You"])
MOST = 500
CLOCKS = {"quiet_from", "quiet_until", "daily_at"}


@router.get(
    "/wishes", response=WishesOut, operation_id="wishes", summary="What you hear of, and how"
)
def wishes(request: HttpRequest) -> WishesOut:
    """The bell always has everything; this says what also pops up or is sent, and who decided it."""
    return WishesOut.of(chosen_by(the_person(request)))


@router.post("/wishes", response=WishesOut, operation_id="wish", summary="Change it")
def wish(request: HttpRequest, body: WishesBody) -> WishesOut:
    """Only the cells that you name are changed; null gives one back to whoever decides otherwise."""
    by = the_person(request)
    given = body.model_dump(exclude_unset=True)
    times: dict[str, Any] = {name: given[name] for name in wishing.TIMES if name in given}
    for name in CLOCKS & times.keys():
        times[name] = time.fromisoformat(times[name]) if times[name] else None
    if "rhythm" in times:
        times["rhythm"] = body.rhythm or ""
    wishing.wish(by, by=by, cells=given.get("matrix"), **times)
    return WishesOut.of(chosen_by(by))


@router.get("/mutes", response=Muted, operation_id="mutes", summary="Tickets that you have muted")
def mutes(request: HttpRequest) -> Muted:
    """The newest 500 of those that you still see."""
    by = the_person(request)
    numbers = Mute.objects.filter(person=by).values("ticket")
    rows = Ticket.objects.visible_to(by).filter(pk__in=numbers).order_by("-pk")[:MOST]
    return Muted(tickets=[MutedTicket(number=row.number, title=row.title) for row in rows])


@of_tickets.post(
    "/{int:number}/mute", response=MuteOut, operation_id="mute", summary="Hear no more of a ticket"
)
def mute(request: HttpRequest, number: Number) -> MuteOut:
    """Unless somebody calls you by name, gives it to you or reminds you of it."""
    muted.mute(ticket_or_404(request, number), by=the_person(request))
    return MuteOut(muted=True)


@of_tickets.post(
    "/{int:number}/unmute", response=MuteOut, operation_id="unmute", summary="Hear of it again"
)
def unmute(request: HttpRequest, number: Number) -> MuteOut:
    """Also of a ticket that was never muted."""
    muted.unmute(ticket_or_404(request, number), by=the_person(request))
    return MuteOut(muted=False)
