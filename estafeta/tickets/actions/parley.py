"""Agreeing on a deadline: whoever works proposes, whoever asked answers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from estafeta.lib import clock
from estafeta.tickets.actions import negotiation, values
from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import PendingDeadline, Ticket
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


@action(Verb.PROPOSE_DEADLINE)
def propose_deadline(ticket: Ticket, *, by: Person, deadline: datetime | None, reason: str) -> Done:
    """Ask for another deadline, and say why; it replaces what was proposed before."""
    reason = values.a_reason(reason, required=True)
    if deadline is None:
        raise Invalid("deadline", _("Choose a date."))
    if deadline == ticket.deadline:
        raise Invalid("deadline", _("The ticket has this deadline already."))
    ticket.proposed_due = values.in_future("deadline", deadline)
    ticket.save(update_fields=["proposed_due"])
    PendingDeadline.objects.update_or_create(
        ticket=ticket, defaults={"by": by, "reason": reason, "since": clock.now()}
    )
    return Done({"old": _iso(ticket.deadline), "new": _iso(deadline), "reason": reason})


@action(Verb.ANSWER_DEADLINE)
def answer_deadline(ticket: Ticket, *, by: Person, agree: bool, reason: str = "") -> Done:
    """Agree to the proposed deadline, or not: then everything stays as it was."""
    reason, old, new = values.a_reason(reason), ticket.deadline, ticket.proposed_due
    pending = PendingDeadline.objects.filter(ticket=ticket).select_related("by").first()
    if pending is None or new is None:
        raise Invalid("", _("No deadline is proposed any more."))
    if pending.by_id == by.pk:
        raise Invalid("", _("You have proposed this deadline yourself: somebody else answers."))
    if agree and new <= clock.now():
        raise Invalid("", _("The proposed moment has passed meanwhile."))
    if agree:
        negotiation.shift(ticket, new)
    else:
        negotiation.settle(ticket)
    return Done(
        {
            "agreed": agree,
            "old": _iso(old),
            "new": _iso(new),
            "people": values.people_named([pending.by]),
            "reason": reason,
        }
    )


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
