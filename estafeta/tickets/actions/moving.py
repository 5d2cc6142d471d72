"""What only the product itself does: tickets that move with their department."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estafeta.lib import clock
from estafeta.tickets.actions import values
from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.models import Hold
from estafeta.tickets.performers import baton
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Department, Person
    from estafeta.tickets.models import Ticket


@action(Verb.MOVE)
def move(ticket: Ticket, *, by: Person, department: Department, reason: str) -> Done:
    """Stand in another department from now on, in the same hands and the same status."""
    before = values.place_of(ticket)
    values.an_active(department)
    ticket.department = department
    ticket.save(update_fields=["department"])
    if ticket.performer_id is None and ticket.is_open:
        baton.pass_to(ticket, None, by=by, at=clock.now(), reason=reason)
    else:
        Hold.objects.filter(ticket=ticket, until=None).update(department=department)
    return Done({**values.named(department), "from": before, "reason": reason})
