"""Whether somebody has answered the call of a ticket: urgent ones call louder until somebody has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from estafeta.tickets.models import Participant, Priority, Ticket
from estafeta.tickets.statuses import Status

if TYPE_CHECKING:
    from estafeta.tickets.models.participant import ParticipantQuerySet

CALLING = (Status.NEW, Status.IN_PROGRESS)


def still_calls(ticket: Ticket) -> bool:
    """Urgent, open, and nobody to whom it was given has said that he saw it or has taken it."""
    if ticket.priority != Priority.URGENT or ticket.status not in CALLING:
        return False
    given = list(given_to(ticket))
    if not given:
        return ticket.status == Status.NEW
    # What the author has given to himself calls nobody.
    others = [row for row in given if row.person_id != ticket.author_id]
    return bool(others) and not any(row.acknowledged_at or row.taken_at for row in others)


def given_to(ticket: Ticket) -> ParticipantQuerySet:
    """Whom it was given to in person; nobody where the department has it."""
    rows = Participant.objects.filter(ticket=ticket)
    return rows.filter(Q(is_addressee=True) | Q(is_performer=True)).order_by("pk")
