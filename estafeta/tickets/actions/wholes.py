"""A ticket that exists becomes a part of another one, and is taken off again: both tell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.actions.linking import mark_related, seen_by
from estafeta.tickets.errors import Invalid, NotAllowed
from estafeta.tickets.models import Ticket
from estafeta.tickets.permissions import Relation, may
from estafeta.tickets.relations import subtasks
from estafeta.tickets.statuses import OPEN_STATUSES, Status
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


@action(Verb.MAKE_SUBTASK)
def make_subtask(ticket: Ticket, *, by: Person, other: Ticket) -> Done:
    """Make it a sub-ticket of the `other` one, which asks about it before it is closed.

    It has one whole at most, is asked for by the same person, and stays where it is.
    """
    there = seen_by(by, ticket, other)
    if not may(Verb.ADD_SUBTASK, there.relation):
        raise Invalid("other", _("The other ticket is not yours to add sub-tickets to."))
    if other.status not in OPEN_STATUSES:
        raise Invalid("other", _("The other ticket is finished. Reopen it first."))
    subtasks.hold_still()
    if ticket.parent_id == other.pk:
        raise Invalid("other", _("It is a part of that ticket already."))
    # Of a whole that was deleted nobody could take it off.
    if ticket.parent is not None and ticket.parent.status != Status.DELETED:
        raise Invalid("other", _("It is a part of another ticket. Take it off there first."))
    if subtasks.is_part_of(other, ticket):
        raise Invalid("other", _("The other ticket is a part of this one."))
    subtasks.refuse_if_full(other, "other")
    subtasks.refuse_if_deep(other, "other", below=subtasks.generations(ticket))
    ticket.parent = other
    ticket.save(update_fields=["parent"])
    mark_related(ticket, other)
    told = Done({"other": ticket.pk, "takes_in": True})
    return Done({"other": other.pk}, besides=[(there, told)])


@action(Verb.DETACH_SUBTASK)
def detach_subtask(ticket: Ticket, *, by: Person, other: Ticket) -> Done:
    """Take it off the `other` ticket, of which it is a sub-ticket: it stands for itself again.

    Whoever works on the one or on the other may say so.
    """
    there = seen_by(by, ticket, other)
    its_own = may(Verb.MAKE_SUBTASK, Relation.between(by, ticket))
    if not its_own and not may(Verb.ADD_SUBTASK, there.relation):
        raise NotAllowed(Verb.DETACH_SUBTASK)
    if ticket.parent_id != other.pk:
        raise Invalid("other", _("It is not a part of that ticket any more."))
    ticket.parent = None
    ticket.save(update_fields=["parent"])
    told = Done({"other": ticket.pk, "takes_in": True})
    return Done({"other": other.pk}, besides=[(there, told)])
