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
    given = given_to(ticket).exclude(person=ticket.author_id)
    if given.filter(Q(acknowledged_at__isnull=False) | Q(taken_at__isnull=False)).exists():
        return False
    # Free in its department, or given to people; what the author does himself calls nobody.
    return ticket.status == Status.NEW or given.exists()


def given_to(ticket: Ticket) -> ParticipantQuerySet:
    """Whom it was given to in person; nobody where the department has it."""
    rows = Participant.objects.filter(ticket=ticket)
    return rows.filter(Q(is_addressee=True) | Q(is_performer=True)).order_by("pk")
