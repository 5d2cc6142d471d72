"""Deleted tickets as an administrator is told of them: numbers and who did what.

Never what a ticket says: that is for those whom the rule of sight lets see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from estafeta.tickets.models import Entry, Ticket
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.queries import TicketQuerySet


@dataclass(frozen=True)
class Deleted:
    """One of them."""

    number: int
    written: str
    department: str
    by: Person | None
    at: datetime | None
    reason: str


def deleted() -> TicketQuerySet:
    """All of them."""
    found: TicketQuerySet = Ticket.with_deleted.filter(status=Status.DELETED)
    return found.select_related("department")


def told(tickets: Sequence[Ticket]) -> list[Deleted]:
    """One query for all of them."""
    rows = Entry.objects.filter(ticket__in=[t.pk for t in tickets], verb=Verb.DELETE)
    entries = {row.ticket_id: row for row in rows.select_related("actor").order_by("pk")}
    return [_told(ticket, entries.get(ticket.pk)) for ticket in tickets]


def _told(ticket: Ticket, entry: Entry | None) -> Deleted:
    return Deleted(
        number=ticket.pk, written=ticket.written, department=ticket.department.name,
        by=entry.actor if entry else None, at=entry.at if entry else None,
        reason=str(entry.facts.get("reason", "")) if entry else "",
    )  # fmt: skip
