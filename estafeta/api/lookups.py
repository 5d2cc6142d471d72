"""Rows that a request names, fetched through what its person may know of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from estafeta.accounts.models import Department, Person
from estafeta.api.cursors import MOST_ID
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Ticket, Topic
from estafeta.tickets.permissions import UNSEEN
from estafeta.tickets.queries import TicketQuerySet
from estafeta.tickets.relations.acquaintance import known_to
from estafeta.tickets.verbs import Verb


def the_person(request: HttpRequest) -> Person:
    """Whose token it is."""
    person: Any = request.user
    return person


def tickets_of(request: HttpRequest) -> TicketQuerySet:
    """Visible tickets with what a row of a list names."""
    return Ticket.objects.visible_to(the_person(request)).with_people().select_related(
        "organisation"
    )  # fmt: skip


def ticket_or_404(request: HttpRequest, number: int) -> Ticket:
    """The ticket of this number, if it is visible."""
    found = tickets_of(request).filter(pk=number).first() if number <= MOST_ID else None
    if found is None:
        raise Http404
    return found


def ticket_for(request: HttpRequest, number: int, verb: Verb) -> Ticket:
    """The ticket for a verb: administrators delete and restore what they need not see."""
    if verb in UNSEEN and the_person(request).standing.is_administrator and number <= MOST_ID:
        if (found := Ticket.with_deleted.filter(pk=number).first()) is None:
            raise Http404
        return found
    return ticket_or_404(request, number)


def people_named(by: Person, ids: Iterable[int], field: str = "people") -> list[Person]:
    """The people of these ids, in that order. Raises Invalid for one that `by` knows nothing of."""
    wanted = list(ids)
    known = known_to(by).prefetch_related("memberships").in_bulk(wanted)
    for number in wanted:
        if number not in known:
            raise Invalid(field, _("There is no person with the id %(id)s.") % {"id": number})
    return [known[number] for number in wanted]


def person_named(by: Person, number: int | None, field: str) -> Person | None:
    """The same for one who may be left out."""
    return None if number is None else people_named(by, [number], field)[0]


def department_named(number: int | None, field: str = "department") -> Department | None:
    """Raises Invalid."""
    if number is None:
        return None
    if (found := Department.objects.filter(pk=number).first()) is None:
        detail = _("There is no department with the id %(id)s.") % {"id": number}
        raise Invalid(field, detail)
    return found


def topic_named(number: int | None) -> Topic | None:
    """Raises Invalid."""
    if number is None:
        return None
    topics = Topic.objects.filter(is_active=True).select_related("department")
    if (found := topics.filter(pk=number).first()) is None:
        raise Invalid("topic", _("There is no topic with the id %(id)s.") % {"id": number})
    return found
