"""What happened in the reader's departments."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from estafeta.accounts.models import Person
from estafeta.desk.feed.address import Address
from estafeta.desk.feed.lines import days_of
from estafeta.desk.navigation import my_departments
from estafeta.desk.page import DeskRequest, render_page, signed_in
from estafeta.tickets import feed as journal

SIZE = 50


@require_safe
@signed_in
def feed(request: DeskRequest) -> HttpResponse:
    """A page of it, by day."""
    person = request.user
    if not person.is_agent and not person.standing.led_organisation:
        raise Http404
    address = Address.read(request.GET)
    found = journal.page(person, address.wanted(), before=address.before, size=SIZE)
    departments = [] if not person.is_agent else my_departments(person)
    context: dict[str, Any] = {
        "address": address,
        "days": days_of(found.entries),
        "count": len(found.entries),
        "looked_until": found.looked_until,
        "newest": address.link() if address.before else "",
        "older": address.link(before=found.older) if found.older else "",
        "chips": _chips(address, has_departments=bool(person.standing.departments)),
        "departments": [("", _("Any")), *((row.pk, row.name) for row in departments)],
        "actor": _actor(request, address.person),
        "clear": address.link(**{"department": "", "person": "", "from": "", "to": ""}),
    }
    return render_page(request, "desk/feed/page.html", context)


def _chips(address: Address, *, has_departments: bool) -> list[dict[str, Any]]:
    kinds = [
        ("", _("Everything")), (journal.OPENED, pgettext("events", "Opened")),
        (journal.MOVED, pgettext("events", "Taken and handed on")),
        (journal.FINISHED, pgettext("events", "Finished")),
        (journal.SAID, pgettext("events", "Said")),
        (journal.OTHER, pgettext("events", "Other changes")),
    ]  # fmt: skip
    chips = [
        {"label": label, "href": address.link(kind=kind), "current": kind == address.kind}
        for kind, label in kinds
    ]
    if has_departments:
        chips.append(
            {
                "label": _("Outside my departments too"),
                "href": address.link(all="" if address.everywhere else "1"),
                "current": address.everywhere,
            }
        )
    return chips


def _actor(request: DeskRequest, number: int | None) -> Person | None:
    """Only staff looks people up by number."""
    if number is None or not request.user.is_agent:
        return None
    return Person.objects.filter(pk=number).first()
