"""How work ends, and how it comes back: complete, accept, return, reopen, cancel, archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estafeta.lib import clock
from estafeta.tickets import baton
from estafeta.tickets.actions import values
from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.actions.routing import no_longer_waiting
from estafeta.tickets.models import Acceptance, Ticket
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


@action(Verb.COMPLETE)
def complete(ticket: Ticket, *, by: Person, reason: str = "") -> Done:
    """The work is done; with acceptance somebody looks at it first. `reason` says what was done."""
    reason = values.a_reason(reason)
    accepted = ticket.acceptance == Acceptance.NOBODY
    if accepted:
        _close(ticket, Status.DONE)
    else:
        ticket.status = Status.REVIEW
        no_longer_waiting(ticket)
    return Done({"reason": reason, "accepted": accepted})


@action(Verb.ACCEPT)
def accept(ticket: Ticket, *, by: Person, reason: str = "") -> Done:
    """The result is good."""
    _close(ticket, Status.DONE)
    return Done({"reason": values.a_reason(reason)})


@action(Verb.RETURN_TO_WORK)
def return_to_work(ticket: Ticket, *, by: Person, reason: str) -> Done:
    """The result is not good: whoever did it has it again, and is told why.

    If he has left meanwhile, the ticket is free in its department.
    """
    reason = values.a_reason(reason, required=True)
    performer = ticket.performer
    ticket.returns += 1
    ticket.closed_at = None
    if performer is None or not performer.is_active:
        baton.nobody_performs(ticket)
        performer = None
    ticket.status = Status.IN_PROGRESS if performer else Status.NEW
    ticket.save(update_fields=["status", "performer", "closed_at", "returns"])
    baton.pass_to(ticket, performer, by=by, at=clock.now(), reason=reason)
    return Done({"reason": reason, "returns": ticket.returns})


@action(Verb.REOPEN)
def reopen(ticket: Ticket, *, by: Person, reason: str) -> Done:
    """Open it again, free in its department: after the archive or a cancellation nobody has it."""
    reason = values.a_reason(reason, required=True)
    baton.nobody_performs(ticket)
    baton.put_away(ticket, is_out=False)
    ticket.status, ticket.closed_at = Status.NEW, None
    ticket.save(update_fields=["status", "performer", "closed_at"])
    baton.pass_to(ticket, None, by=by, at=clock.now(), reason=reason)
    return Done({"reason": reason})


@action(Verb.CANCEL)
def cancel(ticket: Ticket, *, by: Person, reason: str) -> Done:
    """It need not be done any more."""
    reason = values.a_reason(reason, required=True)
    _close(ticket, Status.CANCELLED)
    return Done({"reason": reason})


@action(Verb.ARCHIVE)
def archive(ticket: Ticket, *, by: Person) -> Done:
    """Out of the way; the schedule does it some days after the end."""
    before = ticket.status
    ticket.status = Status.ARCHIVED
    ticket.save(update_fields=["status"])
    baton.put_away(ticket, is_out=True)
    return Done({"was": before})


@action(Verb.UNARCHIVE)
def unarchive(ticket: Ticket, *, by: Person) -> Done:
    """Back among what is finished, as it was before; it stays there for as long as after its end."""
    archived = ticket.entries.filter(verb=Verb.ARCHIVE).order_by("seq").last()
    before = archived.facts.get("was") if archived else None
    ticket.status = Status.CANCELLED if before == Status.CANCELLED else Status.DONE
    ticket.unarchived_at = clock.now()
    ticket.save(update_fields=["status", "unarchived_at"])
    baton.put_away(ticket, is_out=False)
    return Done({"is": str(ticket.status)})


def _close(ticket: Ticket, status: Status) -> None:
    ticket.closed_at = clock.now()
    ticket.save(update_fields=["closed_at"])
    ticket.status = status
    no_longer_waiting(ticket)
    baton.close_hold(ticket, at=ticket.closed_at)
