"""How a ticket's work ends, whichever verb ends it."""

from __future__ import annotations

from estafeta.lib import clock
from estafeta.tickets.actions import negotiation, offering
from estafeta.tickets.models import Acceptance, Ticket
from estafeta.tickets.performers import baton
from estafeta.tickets.statuses import Status


def complete(ticket: Ticket) -> bool:
    """The work is done; whether that is the end, or somebody accepts it first."""
    accepted = ticket.acceptance == Acceptance.NOBODY
    if accepted:
        close(ticket, Status.DONE)
        return True
    ticket.status, ticket.review_since = Status.REVIEW, clock.now()
    ticket.save(update_fields=["review_since"])
    negotiation.settle(ticket)
    no_longer_waiting(ticket)
    return False


def close(ticket: Ticket, status: Status) -> None:
    """Nobody has to do anything any more."""
    ticket.closed_at, ticket.review_since = clock.now(), None
    ticket.save(update_fields=["closed_at", "review_since"])
    negotiation.settle(ticket)
    offering.settle(ticket)
    ticket.status = status
    no_longer_waiting(ticket)
    baton.close_hold(ticket, at=ticket.closed_at)


def no_longer_waiting(ticket: Ticket) -> None:
    """Save the status, the performer, and that it waits for nothing."""
    ticket.wait_for, ticket.wait_reason, ticket.wait_until = "", "", None
    ticket.save(
        update_fields=["status", "performer", "wait_for", "wait_reason", "wait_until"]
    )  # fmt: skip
