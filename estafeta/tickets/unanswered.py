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
    system = Person.objects.get(login="system")
    due = Ticket.objects.filter(offered_until__lte=clock.now()).select_related("department__parent")
    settled = 0
    with coming_via(Via.SCHEDULE):
        for ticket in due.order_by("offered_until")[:MOST_AT_ONCE]:
            settled += _settle(ticket, system)
    return settled


def _settle(ticket: Ticket, system: Person) -> bool:
    """Where it can go neither up nor back, it stays, free in the department."""
    length, above = ticket.journal_length, ticket.department.parent
    goes_up = ticket.department.hand_over_unanswered == Unanswered.UP and above is not None
    with translation.override(Site.current().language):
        words = _("Nobody has accepted or declined it in time.")
    ways = (
        lambda: goes_up and hand_over(ticket, by=system, department=above, reason=words),
        lambda: decline_hand_over(ticket, by=system),
        lambda: accept_hand_over(ticket, by=system),
    )
    for way in ways:
        ticket.as_seen_at(length)
        try:
            if way():
                return True
        except Refused:
            continue
    return False
