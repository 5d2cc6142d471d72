"""Muting a ticket, from the menu of its page or from one's own list."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from estafeta.desk.page import DeskRequest, is_fragment
from estafeta.desk.tickets.access import with_ticket
from estafeta.desk.tickets.answers import events
from estafeta.notifications import muted
from estafeta.tickets.models import Ticket


@require_POST
@with_ticket
def mute(request: DeskRequest, ticket: Ticket, what: str) -> HttpResponse:
    """Hear no more of a ticket, or again."""
    if what not in ("mute", "unmute"):
        raise Http404
    act = muted.mute if what == "mute" else muted.unmute
    act(ticket, by=request.user)
    told = _("You hear no more of this ticket, unless somebody calls you by name.")
    words = told if what == "mute" else _("You hear of this ticket again.")
    back = request.POST.get("from") == "wishes"
    address = reverse("wishes") if back else reverse("ticket", args=[ticket.pk])
    if is_fragment(request):
        toast = {"text": words, "tone": "success"}
        return events(HttpResponse(status=204), toast=toast, live__ticket={"number": ticket.pk})
    messages.success(request, words)
    return HttpResponseRedirect(address)
