"""Waiting for something outside, and going on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from estafeta.tickets.actions import values
from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.actions.ending import no_longer_waiting
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Ticket, WaitFor
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


@action(Verb.WAIT)
def wait(
    ticket: Ticket,
    *,
    by: Person,
    wait_for: str,
    reason: str = "",
    until: datetime | None = None,
) -> Done:
    """Nothing can be done until an answer, a date, a part; `until` is required for a date."""
    if wait_for not in WaitFor.values:
        raise Invalid("wait_for", _("Say what the ticket waits for."))
    if wait_for == WaitFor.DATE and until is None:
        raise Invalid("until", _("Choose a date."))
    reason = values.a_reason(reason, required=wait_for == WaitFor.OTHER)
    ticket.wait_for, ticket.wait_reason = wait_for, reason
    ticket.wait_until = values.in_future("until", until)
    ticket.status = Status.WAITING
    ticket.save(update_fields=["status", "wait_for", "wait_reason", "wait_until"])
    return Done(
        {
            "wait_for": wait_for,
            "reason": reason,
            "until": until.isoformat() if until else None,
        }
    )


@action(Verb.RESUME, gathers=True)
def resume(ticket: Ticket, *, by: Person) -> Done:
    """Work goes on, with those who had it."""
    ticket.status = Status.IN_PROGRESS
    no_longer_waiting(ticket)
    return Done()
