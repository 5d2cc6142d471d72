"""A hand-over that the receiving department may accept or decline."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from estafeta.accounts.models.department import HandOverMode
from estafeta.lib import clock
from estafeta.tickets.models import Participant, PendingHandOver, Ticket
from estafeta.tickets.models.ticket import NO_DEADLINE

if TYPE_CHECKING:
    from estafeta.accounts.models import Department, Person


def has_to_ask(ticket: Ticket, department: Department, *, by: Person) -> bool:
    """Whether it comes from outside to a department that wants to be asked."""
    if department.hand_over_mode != HandOverMode.ACCEPT or department.pk == ticket.department_id:
        return False
    above = by.is_system or by.standing.is_director
    return not above and department.pk not in by.standing.departments


def offer(ticket: Ticket, department: Department, *, by: Person, reason: str) -> None:
    """Remember whence it comes, before the baton is passed."""
    hours = department.hand_over_hours
    ticket.offered_until = clock.now() + timedelta(hours=hours) if hours else NO_DEADLINE
    ticket.save(update_fields=["offered_until"])
    row = PendingHandOver.objects.create(
        ticket=ticket, department_id=ticket.department_id, holder_id=ticket.performer_id,
        was_separate=ticket.is_separate, by=by, reason=reason, since=clock.now(),
    )  # fmt: skip
    performing = Participant.objects.filter(ticket=ticket, is_performer=True)
    row.people.set(performing.values_list("person", flat=True))


def settle(ticket: Ticket) -> None:
    """Whoever does something with it in the new department has accepted it."""
    if ticket.offered_until is None:
        return
    for row in PendingHandOver.objects.filter(ticket=ticket):
        row.delete()
    ticket.offered_until = None
    ticket.save(update_fields=["offered_until"])
