"""Search over everything a person may see: titles, texts, comments, numbers."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from estafeta.desk.lists.screen import Screen, show
from estafeta.desk.page import DeskRequest, is_fragment, signed_in
from estafeta.lib.text import one_line
from estafeta.tickets import numbers
from estafeta.tickets.lists import listing, recent_searches
from estafeta.tickets.lists.orders import Order
from estafeta.tickets.models import Ticket


@require_safe
@signed_in
def search(request: DeskRequest) -> HttpResponse:
    """Found tickets, the newest first; `#123` or `IT-123` goes straight to the ticket."""
    text = request.GET.get("q", "")
    number = numbers.read(text) if numbers.is_marked(text) else None
    if number and not is_fragment(request):
        seen = Ticket.objects.visible_to(request.user)
        if seen.filter(pk=number).exists():
            return HttpResponseRedirect(f"/tickets/{number}")
    everything = listing.everything(request.user)
    asked = one_line(request.GET.get("q", ""))
    screen = Screen(
        title=_("Search"),
        listing=everything if asked else listing.nothing(),
        empty_title=_("What are you looking for?"),
        empty_text=_("A number, words of the title, the text or a comment; any form of a word."),
        order=Order("number"),
        template="desk/lists/search.html",
        more={"recent": [] if asked else recent_searches.of(request.user)},
        marks_words=True,
    )
    return show(request, screen)
