"""Reading all rows that were chosen; verbs for them are in `desk/bulk/`."""

from __future__ import annotations

import json

from django.http import HttpResponse, HttpResponseBadRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from estafeta.desk.bulk.selection import Selection
from estafeta.desk.lists.reading import mark_read
from estafeta.desk.page import DeskRequest, signed_in
from estafeta.tickets.models import Ticket


@require_POST
@signed_in
def act_on_chosen(request: DeskRequest) -> HttpResponse:
    """`do=read`: the chosen tickets count as read."""
    if request.POST.get("do") != "read":
        return HttpResponseBadRequest(_("Choose what to do with the tickets."))
    selection = Selection.of(request)
    tickets = Ticket.objects.visible_to(request.user).filter(pk__in=selection.numbers)
    amount = mark_read(request.user, tickets)
    words = ngettext(
        "%(count)s ticket marked as read.", "%(count)s tickets marked as read.", amount
    ) % {"count": amount}
    news = {
        "toast": {"text": words if amount else _("Everything is read already.")},
        "bulk:done": "", "live:list": "", "live:counters": "",
    }  # fmt: skip
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(news)})
