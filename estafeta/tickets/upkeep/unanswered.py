"""Hand-overs that nobody accepted or declined in time go back, or up, as the department says."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from estafeta.accounts.models import Person, Site
from estafeta.accounts.models.department import Unanswered
from estafeta.lib import clock
from estafeta.tickets.actions import accept_hand_over, decline_hand_over, hand_over
from estafeta.tickets.errors import Refused
from estafeta.tickets.models import Ticket
from estafeta.tickets.via import Via, coming_via

MOST_AT_ONCE = 200


def settle_due() -> int:
    """Settle what waited too long, in the system's name; how many it was."""
    system = Person.objects.system()
    due = Ticket.objects.free().filter(offered_until__lte=clock.now())
    due = due.select_related("department__parent")
    settled = 0
    with coming_via(Via.SCHEDULE):
        for ticket in due.order_by("offered_until")[:MOST_AT_ONCE]:
            settled += _settle(ticket, system)
    return settled


def _settle(ticket: Ticket, system: Person) -> bool:
    """Where it can go neither up nor back, it stays, free in the department."""
    length, department = ticket.journal_length, ticket.department
    goes_up = department.hand_over_unanswered == Unanswered.UP and department.parent is not None
    with translation.override(Site.current().language):
        words = _("Nobody has accepted or declined it in time.")
    for way in (_up, _back, _stay) if goes_up else (_back, _stay):
        try:
            way(ticket.as_seen_at(length), system, words)
        except Refused:
            continue
        return True
    return False


def _up(ticket: Ticket, system: Person, words: str) -> None:
    hand_over(ticket, by=system, department=ticket.department.parent, reason=words)


def _back(ticket: Ticket, system: Person, words: str) -> None:
    decline_hand_over(ticket, by=system)


def _stay(ticket: Ticket, system: Person, words: str) -> None:
    accept_hand_over(ticket, by=system)
