"""Cards that open over a name or a number, and the pane that shows a ticket beside its list."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from estafeta.accounts.gone import gone
from estafeta.accounts.models import Person
from estafeta.accounts.permissions import is_staff, may_change_absence
from estafeta.chat.permissions import may_open_direct
from estafeta.desk import deadline, whereabouts
from estafeta.desk.page import DeskRequest, signed_in
from estafeta.desk.tickets import story, view
from estafeta.desk.tickets.access import with_ticket
from estafeta.desk.tickets.reading import read_up
from estafeta.presence import states
from estafeta.tickets.models import Participant, Ticket
from estafeta.tickets.relations.acquaintance import known_to
from estafeta.tickets.statuses import OPEN_STATUSES

EXCERPT = 280
SHOWN = 8
"""Of the story in the pane: what was said and done last."""


@require_safe
@with_ticket
def ticket_card(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """What one wants to know before opening it."""
    text = " ".join(ticket.text.split())
    context = {
        "ticket": ticket,
        "deadline": deadline.of(ticket),
        "performers": [row.person for row in _performers(ticket)],
        "excerpt": text[:EXCERPT] + ("…" if len(text) > EXCERPT else ""),
    }
    return render(request, "desk/cards/ticket.html", context)


def _performers(ticket: Ticket) -> list[Participant]:
    rows = ticket.participants.filter(is_performer=True).select_related("person")
    return list(rows.order_by("pk")[:5])


@require_safe
@signed_in
def person_card(request: DeskRequest, person: int) -> HttpResponse:
    """Who it is and where to find him; how to reach him only for staff."""
    reader = request.user
    found = known_to(reader).filter(pk=person).select_related("organisation").first()
    if found is None:
        raise Http404
    context = {
        "person": found,
        "place": _place(found),
        "contacts": _contacts(found) if reader.is_agent or found == reader else [],
        "open": _open(found, reader) if reader.is_agent else None,
        "gone": gone([found.pk]).get(found.pk),
        "state": states.of_people([found.pk], to=reader).get(found.pk),
        "is_staff": is_staff(reader),
        "may_talk": may_open_direct(reader, found),
        "may_change_absence": may_change_absence(reader, found),
    }
    return render(request, "desk/cards/person.html", context)


def _place(person: Person) -> str:
    departments = person.memberships.select_related("department").order_by("department__name")
    names = [row.department.name for row in departments]
    if person.organisation:
        names.insert(0, person.organisation.name)
    return " · ".join(part for part in (person.position, *names) if part)


def _contacts(person: Person) -> list[str]:
    words = [whereabouts.phone(person), person.email, whereabouts.room(person), person.contacts]
    return [word for word in words if word]


def _open(person: Person, reader: Person) -> int:
    """How many open tickets he performs, of those the reader sees."""
    seen = Ticket.objects.visible_to(reader).filter(status__in=OPEN_STATUSES)
    return seen.performed_by(person).count()


@require_safe
@with_ticket
def pane(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """The ticket beside its list: the head, the text, the newest of the story; that reads it."""
    look = read_up(ticket, request.user)
    told = story.read(ticket, request.user, show=story.Show.ALL, read_to=look.read_to)
    short = replace(told, items=told.items[-SHOWN:])
    context = {"view": view.make(ticket, request.user, short), "is_cut": len(told.items) > SHOWN}
    context["title"] = _("Preview")
    return render(request, "desk/cards/pane.html", context)
