"""The word of a department that wants to be asked before it takes a ticket over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from estafeta.tickets.actions import giving, offering, values
from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import PendingHandOver, Ticket
from estafeta.tickets.performers import baton
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Department, Person


@action(Verb.ACCEPT_HAND_OVER)
def accept_hand_over(ticket: Ticket, *, by: Person, reason: str = "") -> Done:
    """The department takes it: those who were named have it now, else it is free there."""
    reason, pending = values.a_reason(reason), _pending(ticket)
    rows = ticket.participants.filter(is_addressee=True, person__is_active=True)
    people = [row.person for row in rows.select_related("person").order_by("pk")]
    offering.settle(ticket)
    if people:
        giving.give(ticket, people, by=by, reason=reason, separate=ticket.is_separate)
    facts = values.named(ticket.department, people)
    return Done({**facts, "giver": _named(pending.by), "reason": reason, **_notice(by)})


@action(Verb.DECLINE_HAND_OVER)
def decline_hand_over(ticket: Ticket, *, by: Person, reason: str = "") -> Done:
    """The department does not take it: it is again where it was, with those who had it."""
    reason = values.a_reason(reason, required=not by.is_system)
    pending, before = _pending(ticket), values.place_of(ticket)
    ticket.department = _way_back(pending.department)
    people = _who_had_it(pending)
    was_separate = pending.was_separate
    offering.settle(ticket)
    if people:
        giving.give(ticket, people, by=by, reason=reason, separate=was_separate)
    else:
        baton.nobody_is_addressed(ticket)
        giving.set_free(ticket, by=by, reason=reason)
    ticket.save(update_fields=["department"])
    facts = {**values.named(ticket.department, people), "giver": _named(pending.by)}
    return Done({**facts, "from": before, "reason": reason, **_notice(by)})


def _pending(ticket: Ticket) -> PendingHandOver:
    found = PendingHandOver.objects.filter(ticket=ticket)
    row = found.select_related("by", "department__merged_into").first()
    if row is None:
        raise Invalid("", _("Nobody asks for this any more: the hand-over is settled."))
    return row


def _who_had_it(pending: PendingHandOver) -> list[Person]:
    """Those who performed it and are still here; the holder of the baton first."""
    people = [one for one in pending.people.order_by("pk") if one.is_active and one.is_agent]
    return sorted(people, key=lambda one: one.pk != pending.holder_id)


def _way_back(department: Department) -> Department:
    """Where it came from; if that was merged meanwhile, into what."""
    if not department.is_active and department.merged_into is not None:
        department = department.merged_into
    return values.an_active(department)


def _named(person: Person) -> dict[str, Any]:
    return values.people_named([person])[0]


def _notice(by: Person) -> dict[str, str]:
    return {"notice": "unanswered"} if by.is_system else {}
