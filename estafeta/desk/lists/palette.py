"""What the command palette finds on the server: pages, tickets, and people for staff."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from estafeta.accounts.models import Person
from estafeta.desk import navigation
from estafeta.desk.limits import Limited, limited
from estafeta.desk.lists.highlight import mark
from estafeta.desk.page import DeskRequest, signed_in
from estafeta.lib.text import fold, one_line
from estafeta.tickets.lists import listing
from estafeta.tickets.lists.filters import LONGEST_TEXT, Filters
from estafeta.tickets.lists.orders import Order
from estafeta.tickets.lists.paging import Question

if TYPE_CHECKING:
    Found = dict[str, Any]

MOST = 6
LOOKED_THROUGH = 4
"""So many times more are looked through for the fitting ones."""


@require_safe
@signed_in
@limited(Limited.SEARCH)
def palette(request: DeskRequest) -> HttpResponse:
    """`{"results": [{"kind", "label", "hint", "url", "icon"}]}` for `?q=`."""
    text = one_line(request.GET.get("q", ""))[:LONGEST_TEXT]
    found = [*_pages(request, text), *_tickets(request, text), *_people(request, text)]
    return JsonResponse({"results": found})


def _pages(request: DeskRequest, text: str) -> list[Found]:
    words = fold(text).split()
    items = [item for section in navigation.sections(request) for item in section["items"]]
    return [
        _found("page", item["label"], "", item["url"], item["icon"] or "building")
        for item in items
        if all(word in fold(item["label"]) for word in words)
    ][:MOST]


def _tickets(request: DeskRequest, text: str) -> list[Found]:
    if not text:
        return []
    question = Question(
        listing.everything(request.user), request.user, Filters(text=text), Order("number")
    )
    found = question.page(MOST * LOOKED_THROUGH).tickets
    # Few words are typed here to get somewhere: mostly they are words of the title.
    found = sorted(found, key=lambda ticket: "<mark>" not in mark(ticket.title, text))
    return [
        _found(
            "ticket", ticket.title, f"{ticket.label} · {ticket.get_status_display()}",
            f"/tickets/{ticket.pk}", "clipboard-list",
        )
        for ticket in found[:MOST]
    ]  # fmt: skip


def _people(request: DeskRequest, text: str) -> list[Found]:
    if not text or not request.user.is_agent:
        return []
    rows = Person.objects.active().find(text).select_related("organisation")
    agents = set(Person.objects.agents().filter(pk__in=rows[:MOST].values("pk")).values_list("pk"))
    found = [_person(row, is_agent=(row.pk,) in agents) for row in rows[:MOST]]
    return [
        *found,
        *(_talk(row) for row in rows[:MOST] if (row.pk,) in agents and row != request.user),
    ]


def _person(person: Person, *, is_agent: bool) -> Found:
    place = person.organisation.name if person.organisation else person.position
    hint = " · ".join(word for word in (place, person.phone) if word)
    url = f"/tickets?performer={person.pk}" if is_agent else f"/clients/{person.pk}"
    return _found("person", person.name, hint, url, "user")


def _talk(person: Person) -> Found:
    label = _("Write to %(name)s") % {"name": person.name}
    return _found("person", label, "", reverse("chat_with", args=[person.pk]), "messages")


def _found(kind: str, label: str, hint: str, url: str, icon: str) -> Found:
    return {"kind": kind, "label": label, "hint": hint, "url": url, "icon": icon}
