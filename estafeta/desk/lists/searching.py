"""Search over everything a person may see: titles, texts, comments, numbers."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from estafeta.desk.lists.screen import Screen, show
from estafeta.desk.page import DeskRequest, is_fragment, signed_in
from estafeta.lib.text import one_line
from estafeta.tickets import listing
from estafeta.tickets.filters import is_id
from estafeta.tickets.models import Ticket
from estafeta.tickets.orders import Order

NUMBER_SIGNS = ("#", "№")


@require_safe
@signed_in
def search(request: DeskRequest) -> HttpResponse:
    """Found tickets, the newest first; `#123` goes straight to the ticket."""
    number = exact_number(request.GET.get("q", ""))
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
        marks_words=True,
    )
    return show(request, screen)


def exact_number(text: str) -> int | None:
    """The number that is meant by `#123` or `№ 123`; a bare number is looked for as a word too."""
    text = text.strip()
    if text.startswith(NUMBER_SIGNS) and is_id(digits := text[1:].strip()):
        return int(digits)
    return None
