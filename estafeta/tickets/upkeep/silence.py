"""Whoever has to accept a result and says nothing for some working days has accepted it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from estafeta.accounts.models import Person, Site
from estafeta.lib import clock, working_days
from estafeta.tickets.errors import Refused
from estafeta.tickets.models import Ticket
from estafeta.tickets.statuses import Status
from estafeta.tickets.via import Via, coming_via

if TYPE_CHECKING:
    from estafeta.tickets.queries import TicketQuerySet

MOST_AT_ONCE = 200


def accepted_at(ticket: Ticket) -> datetime | None:
    """When silence will have accepted it, if nobody says anything; None where it never does."""
    days, since = Site.current().silence_days, ticket.review_since
    if not days or since is None or ticket.status != Status.REVIEW:
        return None
    return working_days.after(since, days, Site.current().zone)


def broken(ticket: Ticket, *, by: Person) -> None:
    """Whoever asked has said something about the result: the days are counted anew."""
    if ticket.status == Status.REVIEW and by.pk in (ticket.author_id, ticket.requester_id):
        ticket.review_since = clock.now()
        ticket.save(update_fields=["review_since"])


def accept_due() -> int:
    """Accept, in the system's name, what nobody has objected to; how many it was."""
    from estafeta.tickets.actions import accept

    days = Site.current().silence_days
    if not days:
        return 0
    system, accepted = Person.objects.system(), 0
    with coming_via(Via.SCHEDULE):
        for ticket in _in_review_for(days):
            due = accepted_at(ticket)
            if due is None or due > clock.now():
                break  # those after it have been in review for less time
            try:
                accept(ticket.as_seen_at(ticket.journal_length), by=system)
            except Refused:  # somebody was quicker
                continue
            accepted += 1
    return accepted


def _in_review_for(days: int) -> TicketQuerySet:
    """The longest first; so many days by the calendar at least."""
    since = clock.now() - timedelta(days=days)
    tickets = Ticket.objects.filter(status=Status.REVIEW, review_since__lte=since)
    return tickets.order_by("review_since")[:MOST_AT_ONCE]
