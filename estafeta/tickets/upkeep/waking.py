"""Waiting tickets whose day has come go back to work by themselves."""

from __future__ import annotations

from estafeta.accounts.models import Person
from estafeta.lib import clock
from estafeta.tickets.actions import resume
from estafeta.tickets.errors import Refused
from estafeta.tickets.models import Ticket
from estafeta.tickets.statuses import Status
from estafeta.tickets.via import Via, coming_via

MOST_AT_ONCE = 200


def resume_due() -> int:
    """Resume what waited until now or earlier, in the system's name; how many it was."""
    system = Person.objects.system()
    due = Ticket.objects.filter(status=Status.WAITING, wait_until__lte=clock.now())
    resumed = 0
    with coming_via(Via.SCHEDULE):
        for ticket in due.order_by("wait_until")[:MOST_AT_ONCE]:
            try:
                resume(ticket, by=system)
            except Refused:
                continue
            resumed += 1
    return resumed
