"""Deadlines: the first one is kept, each shift is counted, a proposal waits for an answer."""

from __future__ import annotations

from datetime import datetime

from estafeta.tickets.models import PendingDeadline, Ticket
from estafeta.tickets.models.ticket import NO_DEADLINE


def shift(ticket: Ticket, deadline: datetime | None) -> None:
    """The ticket has this deadline from now on; nothing is proposed any more."""
    ticket.shifts += ticket.deadline is not None
    ticket.original_due = ticket.original_due or deadline
    ticket.due = deadline or NO_DEADLINE
    ticket.save(update_fields=["due", "original_due", "shifts"])
    settle(ticket)


def settle(ticket: Ticket) -> None:
    """What was proposed is answered or no longer matters."""
    if ticket.proposed_due is None:
        return
    PendingDeadline.objects.filter(ticket=ticket).delete()
    ticket.proposed_due = None
    ticket.save(update_fields=["proposed_due"])
