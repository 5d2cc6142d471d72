"""Out of everybody's sight, and back: administrators do it, by the number alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estafeta.lib import clock
from estafeta.tickets.actions import ending, values
from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.models import Entry, Ticket
from estafeta.tickets.performers import baton
from estafeta.tickets.statuses import CLOSED_STATUSES, OPEN_STATUSES, Status
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


@action(Verb.DELETE)
def delete(ticket: Ticket, *, by: Person, reason: str) -> Done:
    """Hide it from everybody, everywhere. Nothing is lost: an administrator can restore it."""
    reason = values.a_reason(reason, required=True)
    was, now = Status(ticket.status), clock.now()
    if was in OPEN_STATUSES:
        ticket.closed_at = now
        baton.close_hold(ticket, at=now)
    ticket.status = Status.DELETED
    ticket.save(update_fields=["status", "closed_at"])
    baton.put_away(ticket, is_out=True)
    return Done({"was": str(was), "reason": reason})


@action(Verb.RESTORE)
def restore(ticket: Ticket, *, by: Person, reason: str = "") -> Done:
    """Show it again to those who saw it, as it was; somebody who has left does not hold it any more."""
    reason = values.a_reason(reason)
    deleted = last_deletion(ticket)
    was = Status(deleted.facts["was"]) if deleted else Status.NEW
    ticket.status = was
    if was in OPEN_STATUSES:
        values.a_taking(ticket.department)
        ticket.closed_at = None
    ticket.save(update_fields=["status", "closed_at"])
    if was in OPEN_STATUSES and was != Status.NEW and not _is_here(ticket.performer):
        baton.nobody_performs(ticket)
        ticket.status, ticket.review_since = Status.NEW, None
        ticket.save(update_fields=["review_since"])
        ending.no_longer_waiting(ticket)
    if was in (*OPEN_STATUSES, *CLOSED_STATUSES):
        baton.put_away(ticket, is_out=False)
    if was in OPEN_STATUSES:
        baton.pass_to(ticket, ticket.performer, by=by, at=clock.now(), reason=reason)
    return Done({"reason": reason, "is": str(ticket.status)})


def _is_here(performer: Person | None) -> bool:
    return performer is not None and performer.is_active


def last_deletion(ticket: Ticket) -> Entry | None:
    """Who deleted it, when and why."""
    rows = ticket.entries.filter(verb=Verb.DELETE).select_related("actor")
    return rows.order_by("seq").last()
