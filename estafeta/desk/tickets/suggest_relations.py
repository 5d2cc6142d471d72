"""Answers for the fields that look up tickets and tags, and for names being typed after an @."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from estafeta.accounts.models import Person
from estafeta.desk import whereabouts
from estafeta.desk.page import DeskRequest, signed_in
from estafeta.desk.tickets.access import with_ticket
from estafeta.lib import markdown
from estafeta.lib.text import one_line
from estafeta.tickets import numbers
from estafeta.tickets.conversation import mentions
from estafeta.tickets.lists import listing
from estafeta.tickets.lists.conditions import ANY_OPEN
from estafeta.tickets.lists.filters import Filters
from estafeta.tickets.lists.orders import Order
from estafeta.tickets.lists.paging import Question
from estafeta.tickets.models import Tag, Ticket

MOST = 8
LONGEST_QUESTION = 100
LOOKED_THROUGH = 4
"""So many times more are looked at: some cannot be called, for their logins are no words."""


@require_safe
@signed_in
def tickets(request: DeskRequest) -> JsonResponse:
    """Of those the person sees: by number or by words; without a question the newest in his inbox.

    `open` leaves out those that are finished, but for one that is called by its number: why it
    cannot be is told when it is chosen.
    """
    text = _question(request)
    only_open = "open" in request.GET and not numbers.read(text)
    filters = Filters(text=text, statuses=(ANY_OPEN,) if only_open else ())
    if text:
        asked = Question(listing.everything(request.user), request.user, filters, Order("number"))
    else:
        asked = Question(listing.inbox(request.user), request.user, filters, Order("changed"))
    return _answer(
        {
            "value": row.pk,
            "label": f"{row.label} {row.title}",
            "hint": str(row.get_status_display()),
        }
        for row in asked.page(MOST).tickets
    )


@require_safe
@signed_in
def tags(request: DeskRequest) -> JsonResponse:
    """By the beginning of the name. For agents only, as tags are."""
    if not request.user.is_agent:
        raise PermissionDenied
    found = Tag.objects.beginning_with(_question(request).lstrip("#"))[:MOST]
    return _answer({"value": tag.name, "label": tag.name, "hint": ""} for tag in found)


@require_safe
@signed_in
def names(request: DeskRequest) -> JsonResponse:
    """Whom the person may call in a new ticket."""
    return _names(request, None)


@require_safe
@with_ticket
def names_here(request: DeskRequest, ticket: Ticket) -> JsonResponse:
    """Whom the person may call under this ticket."""
    return _names(request, ticket)


def _names(request: DeskRequest, ticket: Ticket | None) -> JsonResponse:
    known = mentions.known_to(request.user, ticket).exclude(pk=request.user.pk)
    found = known.find(_question(request)).select_related("organisation")
    rows = [row for row in found[: MOST * LOOKED_THROUGH] if _is_word(row)]
    return _answer(_named(row) for row in rows[:MOST])


def _is_word(person: Person) -> bool:
    return markdown.handles(f"@{person.login}")[:1] == [person.login]


def _named(person: Person) -> dict[str, Any]:
    place = person.organisation.name if person.organisation else person.position
    hint = " · ".join(
        word for word in (f"@{person.login}", place, whereabouts.room(person)) if word
    )
    return {
        "value": person.login, "label": person.name, "hint": hint,
        "initials": person.initials, "hue": person.hue,
    }  # fmt: skip


def _question(request: DeskRequest) -> str:
    return one_line(request.GET.get("q", "")[:LONGEST_QUESTION])


def _answer(results: Any) -> JsonResponse:
    return JsonResponse({"results": list(results)}, json_dumps_params={"ensure_ascii": False})
