"""What a search finds besides tickets, and what was looked for before."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from estafeta.accounts.models import Organisation, Person
from estafeta.desk.limits import Limited, limited
from estafeta.desk.page import DeskRequest, is_fragment, signed_in
from estafeta.lib.text import fold, one_line
from estafeta.tickets import numbers
from estafeta.tickets.lists import operators, recent_searches
from estafeta.tickets.lists.filters import LONGEST_TEXT
from estafeta.tickets.models import Tag, Ticket

MOST = 5


@dataclass(frozen=True)
class Found:
    """A way on: to a ticket, a card, or a list narrowed by it."""

    label: str
    href: str
    icon: str
    hint: str = ""


@require_safe
@signed_in
@limited(Limited.SEARCH)
def beside(request: DeskRequest) -> HttpResponse:
    """The ticket of this number, and for staff people, organisations and tags so called."""
    text = one_line(request.GET.get("q", ""))[:LONGEST_TEXT]
    found = _number(request, text)
    words = operators.read(text).words
    if words and request.user.is_agent:
        found += [*_people(words), *_organisations(words), *_tags(words)]
    return render(request, "desk/lists/beside.html", {"found": found})


@require_safe
@signed_in
def recent(request: DeskRequest) -> JsonResponse:
    """`{"recent": ["disk", …]}`, the newest first."""
    kept = recent_searches.of(request.user)
    return JsonResponse({"recent": kept}, json_dumps_params={"ensure_ascii": False})


@require_POST
@signed_in
def remember(request: DeskRequest) -> HttpResponse:
    """Keep `q`; sent by the page that shows what was found."""
    recent_searches.remember(request.POST.get("q", ""), by=request.user)
    return HttpResponse(status=204)


@require_POST
@signed_in
def forget(request: DeskRequest) -> HttpResponse:
    """Forget `q`, or everything."""
    recent_searches.forget(by=request.user, text=request.POST.get("q", ""))
    if not is_fragment(request):
        return HttpResponseRedirect("/search", status=303)
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})


def _number(request: DeskRequest, text: str) -> list[Found]:
    number = numbers.read(text)
    ticket = Ticket.objects.visible_to(request.user).filter(pk=number).first() if number else None
    if ticket is None:
        return []
    href = f"/tickets/{ticket.pk}"
    return [Found(f"{ticket.written} · {ticket.title}", href, "arrow-right", _("Open"))]


def _people(words: str) -> list[Found]:
    """Cards of clients, and what colleagues have asked for."""
    rows = list(Person.objects.active().find(words).select_related("organisation")[:MOST])
    clients = Person.objects.clients().filter(pk__in=[row.pk for row in rows])
    with_card = set(clients.values_list("pk", flat=True))
    return [
        Found(row.name, f"/clients/{row.pk}", "user", row.organisation.name if row.organisation else "")
        if row.pk in with_card
        else Found(row.name, f"/tickets?requester={row.pk}", "user", _("Tickets"))
        for row in rows
    ]  # fmt: skip


def _organisations(words: str) -> list[Found]:
    wanted = fold(words).split()
    rows = Organisation.objects.values_list("pk", "name")
    return [
        Found(name, f"/tickets?organisation={pk}", "building-community", _("Tickets"))
        for pk, name in rows
        if all(word in fold(name) for word in wanted)
    ][:MOST]


def _tags(words: str) -> list[Found]:
    return [
        Found(tag.name, f"/tickets?tag={tag.name}", "tag", _("Tickets"))
        for tag in Tag.objects.beginning_with(words)[:MOST]
    ]
