"""What another application hands over ("send to Estafeta"): a new ticket, or something for one that is there.

On a device the service worker keeps it and leads here (static/js/worker_share.js); nothing is made
before somebody sends a form.
"""

from __future__ import annotations

from itertools import accumulate
from urllib.parse import quote_plus, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from estafeta.desk.kept import kept
from estafeta.desk.page import DeskRequest, render_page, signed_in
from estafeta.tickets.models import Ticket

MOST_RECENT = 12
LONGEST = 1000
ROOM = {"title": 1200, "text": 1600, "url": 1000}
"""Bytes in the address: a letter may take six there, and proxies take no line of more than 8 kB."""
MARK = "…"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """POST comes only where no service worker stands in between, and changes nothing: so it needs no token."""
    return _without_worker(request) if request.method == "POST" else _page(request)


@signed_in
@kept
def _page(request: DeskRequest) -> HttpResponse:
    read = request.user.read_marks.order_by("-pk").values_list("ticket", flat=True)
    numbers = list(read[: MOST_RECENT * 2])
    found = Ticket.objects.visible_to(request.user).in_bulk(numbers)
    recent = [found[number] for number in numbers if number in found][:MOST_RECENT]
    return render_page(request, "desk/phone/share.html", {"recent": recent})


@signed_in
def _without_worker(request: DeskRequest) -> HttpResponse:
    sent = {name: request.POST.get(name, "")[:LONGEST].strip() for name in ROOM}
    title, *words = (_cut(sent[name], most) for name, most in ROOM.items())
    filled = {"title": title, "text": "\n".join(filter(None, words))}
    if request.FILES:
        messages.warning(request, _("The files did not come along. Attach them here, please."))
    address = reverse("new_ticket")
    return HttpResponseRedirect(f"{address}?{urlencode(filled)}", status=303)


def _cut(text: str, most: int) -> str:
    """As much as fits into so many bytes of an address, with a mark where the rest was."""
    if len(quote_plus(text)) <= most:
        return text
    room = most - len(quote_plus(MARK))
    sizes = accumulate(len(quote_plus(letter)) for letter in text)
    return text[: sum(size <= room for size in sizes)].rstrip() + MARK
