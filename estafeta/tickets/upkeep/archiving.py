"""Finished tickets go to the archive by themselves, some days after their end."""

from __future__ import annotations

from datetime import datetime, timedelta

from estafeta.accounts.models import Person, Site
from estafeta.lib import clock
from estafeta.tickets.actions import archive
from estafeta.tickets.errors import Refused
from estafeta.tickets.models import Ticket
from estafeta.tickets.queries import TicketQuerySet
from estafeta.tickets.statuses import CLOSED_STATUSES
from estafeta.tickets.via import Via, coming_via

MOST_AT_ONCE = 200
"""Each is a transaction of its own; the schedule comes again soon for the rest."""


def archive_due() -> int:
    """Archive what ended long enough ago, in the system's name; how many it was."""
    system = Person.objects.system()
    archived = 0
    with coming_via(Via.SCHEDULE):
        for ticket in _due().order_by("closed_at")[:MOST_AT_ONCE]:
            try:
                archive(ticket.as_seen_at(ticket.journal_length), by=system)
            except Refused:  # somebody was quicker: reopened it, or archived it by hand
                continue
            archived += 1
    return archived


def archived_at(ticket: Ticket) -> datetime | None:
    """When it will go to the archive, if nothing else happens."""
    if ticket.status not in CLOSED_STATUSES or ticket.closed_at is None:
        return None
    return max(ticket.closed_at, ticket.unarchived_at or ticket.closed_at) + _days()


def _due() -> TicketQuerySet:
    long_ago = clock.now() - _days()
    ended = Ticket.objects.filter(status__in=CLOSED_STATUSES, closed_at__lte=long_ago)
    return ended.exclude(unarchived_at__gt=long_ago)


def _days() -> timedelta:
    return timedelta(days=Site.current().archive_after_days)
