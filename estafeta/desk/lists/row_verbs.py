"""The few verbs that a row offers, straight from the list."""

from __future__ import annotations

from dataclasses import dataclass

from estafeta.desk.verb_labels import label_of
from estafeta.tickets.permissions import Relation, a_performer, allowed_verbs
from estafeta.tickets.verbs import Verb

OFFERED = (
    Verb.ACCEPT_HAND_OVER, Verb.ACCEPT, Verb.TAKE, Verb.RESUME, Verb.COMPLETE, Verb.ACKNOWLEDGE, Verb.ASSIGN,
    Verb.HAND_OVER, Verb.RELEASE, Verb.RETURN_TO_WORK,
)  # fmt: skip
"""The most wanted first."""
AT_ONCE = frozenset({Verb.TAKE, Verb.RESUME, Verb.ACKNOWLEDGE, Verb.ACCEPT_HAND_OVER})
"""They ask nothing; the others open their dialog."""
MOST = 3


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
    return [_action(relation, verb) for verb in offered[:MOST]]


def _action(relation: Relation, verb: Verb) -> RowAction:
    ticket = relation.ticket
    at_once = verb in AT_ONCE
    seen = f"?seen={ticket.journal_length}" if at_once else ""
    return RowAction(
        verb=verb.value,
        label=label_of(verb, relation),
        url=f"/tickets/{ticket.pk}/{verb.value}{seen}",
        dialog=not at_once,
        target=f"row-{ticket.pk}" if at_once else "",
    )
