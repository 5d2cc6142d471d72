"""Finished tickets go to the archive by themselves, some days after their end."""

from __future__ import annotations

from datetime import timedelta

from estafeta.accounts.models import Person, Site
from estafeta.lib import clock
from estafeta.tickets.actions import archive
from estafeta.tickets.errors import Refused
from estafeta.tickets.models import Ticket
from estafeta.tickets.statuses import CLOSED_STATUSES
from estafeta.tickets.via import Via, coming_via

MOST_AT_ONCE = 500


def archive_due() -> int:
    """Archive what was closed long enough ago, in the system's name; how many it was."""
    system = Person.objects.get(login="system")
    before = clock.now() - timedelta(days=Site.current().archive_after_days)
    due = Ticket.objects.filter(status__in=CLOSED_STATUSES, closed_at__lte=before)
    archived = 0
    with coming_via(Via.SCHEDULE):
        for ticket in due.order_by("closed_at")[:MOST_AT_ONCE]:
            try:
                archive(ticket, by=system)
            except Refused:
                continue
            archived += 1
    return archived
