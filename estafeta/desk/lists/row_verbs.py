"""The few verbs that a row offers, straight from the list."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from estafeta.tickets.models import Ticket
from estafeta.tickets.permissions import Relation, a_performer, allowed_verbs
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb

OFFERED = (
    Verb.ACCEPT, Verb.TAKE, Verb.RESUME, Verb.COMPLETE, Verb.ACKNOWLEDGE, Verb.ASSIGN,
    Verb.HAND_OVER, Verb.RELEASE, Verb.RETURN_TO_WORK,
)  # fmt: skip
"""The most wanted first."""
AT_ONCE = frozenset({Verb.TAKE, Verb.RESUME, Verb.ACKNOWLEDGE})
"""They ask nothing; the others open their dialog."""
MOST = 4


@dataclass(frozen=True)
class RowAction:
    """As components/action.html draws it; `target` is the row that the answer replaces."""

    verb: str
    label: str
    url: str
    dialog: bool
    target: str
    confirm: str = ""


def of(relation: Relation) -> list[RowAction]:
    """What this person can do to this ticket without opening it."""
    allowed = set(allowed_verbs(relation))
    if a_performer(relation):
        allowed.discard(Verb.ACKNOWLEDGE)
    offered = [verb for verb in OFFERED if verb in allowed]
    return [_action(relation.ticket, verb) for verb in offered[:MOST]]


def _action(ticket: Ticket, verb: Verb) -> RowAction:
    at_once = verb in AT_ONCE
    seen = f"?seen={ticket.journal_length}" if at_once else ""
    return RowAction(
        verb=verb.value,
        label=_("Join in")
        if verb is Verb.TAKE and ticket.status != Status.NEW
        else str(verb.label),
        url=f"/tickets/{ticket.pk}/{verb.value}{seen}",
        dialog=not at_once,
        target=f"row-{ticket.pk}" if at_once else "",
    )
