"""A ticket is fetched through the rule of sight; who has lost sight of it is told so kindly."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from estafeta.accounts.models import Person
from estafeta.accounts.standing import Standing
from estafeta.desk.page import DeskRequest, is_fragment, signed_in
from estafeta.lib.ids import LARGEST
from estafeta.tickets.models import ReadMark, Ticket
from estafeta.tickets.sight import SeenBy

View = Callable[..., HttpResponse]


def find(person: Person, number: int) -> Ticket | None:
    """The ticket with whom it names, if this person may see it."""
    return _TICKET.first(person, number=number)


def _ticket(reader: Standing, number: int) -> Any:
    named = ("department", "topic", "author", "requester__organisation")
    return Ticket.objects.visible_to(reader).select_related(*named).filter(pk=number).order_by()


_TICKET: SeenBy[Ticket] = SeenBy(_ticket)


def with_ticket(view: View) -> View:
    """Give the view its ticket; 404 for a foreign one, a word and the inbox for a lost one."""

    @signed_in
    @wraps(view)
    def answer(request: DeskRequest, /, number: int, **more: Any) -> HttpResponse:
        if number > LARGEST:
            raise Http404
        ticket = find(request.user, number)
        if ticket is not None:
            return view(request, ticket, **more)
        if request.method == "GET" and _has_read(request.user, number):
            return leave(request, number)
        raise Http404

    return answer


def leave(request: DeskRequest, number: int, words: str = "") -> HttpResponse:
    """To the inbox: the ticket is no longer this person's business."""
    messages.info(request, words or _("Ticket %(number)s has left your desk.") % {"number": number})
    if is_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": home_of(request.user)})
    return HttpResponseRedirect(home_of(request.user))


def home_of(person: Person) -> str:
    """Where work comes in, or for a client what he has asked for."""
    return "/inbox" if person.is_agent else "/sent"


def _has_read(person: Person, number: int) -> bool:
    return ReadMark.objects.filter(person=person, ticket=number).exists()
