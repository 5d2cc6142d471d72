"""One thing done to all rows that were chosen."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBadRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from estafeta.desk.lists.reading import mark_read
from estafeta.desk.page import DeskRequest, signed_in
from estafeta.tickets import actions
from estafeta.tickets.errors import Refused
from estafeta.tickets.filters import is_id
from estafeta.tickets.models import Ticket
from estafeta.tickets.paging import SIZES
from estafeta.tickets.queries import TicketQuerySet


@require_POST
@signed_in
def act_on_chosen(request: DeskRequest) -> HttpResponse:
    """`do` to each ticket of `number`; what one may not do or see is left as it is, and said so."""
    wanted = request.POST.get("do", "")
    if wanted not in DEEDS:
        return HttpResponseBadRequest(_("Choose what to do with the tickets."))
    numbers = {int(text) for text in request.POST.getlist("number")[: max(SIZES)] if is_id(text)}
    tickets = Ticket.objects.visible_to(request.user).filter(pk__in=numbers)
    done = DEEDS[wanted](request, tickets)
    words = [_said(wanted, done)] if done else []
    if left := len(numbers) - done:
        words.append(
            ngettext(
                "%(count)s ticket was left as it is.",
                "%(count)s tickets were left as they are.",
                left,
            )
            % {"count": left}
        )
    tone = "success" if done else "warning"
    news = {"toast": {"text": " ".join(words), "tone": tone}, "live:list": "", "live:counters": ""}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(news)})


def _take(request: DeskRequest, tickets: TicketQuerySet) -> int:
    done = 0
    for ticket in tickets.order_by("pk"):
        try:
            actions.take(ticket, by=request.user)
        except Refused:
            continue
        done += 1
    return done


def _read(request: DeskRequest, tickets: TicketQuerySet) -> int:
    mark_read(request.user, tickets)
    return tickets.count()


def _said(deed: str, amount: int) -> str:
    if deed == "take":
        text = ngettext("%(count)s ticket taken.", "%(count)s tickets taken.", amount)
    else:
        text = ngettext(
            "%(count)s ticket marked as read.", "%(count)s tickets marked as read.", amount
        )
    return text % {"count": amount}


DEEDS: dict[str, Callable[[DeskRequest, TicketQuerySet], int]] = {"take": _take, "read": _read}
"""What can be done to many tickets at once; gives how many it was done to."""
