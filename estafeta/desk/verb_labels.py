"""What the button of a verb says to one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.tickets.permissions import Relation


def label_of(verb: Verb, relation: Relation) -> str:
    """The name of the verb, or what it means where somebody else is at it already."""
    ticket = relation.ticket
    if verb is Verb.TAKE and ticket.status != Status.NEW:
        return _("Begin my part") if has_part(relation) else _("Join in")
    if verb is Verb.COMPLETE and ticket.is_separate:
        return _("Complete my part") if has_part(relation) else _("Complete for everybody")
    return str(verb.label)


def has_part(relation: Relation) -> bool:
    """Something of his own is still to be finished."""
    row = relation.participant
    return (
        relation.ticket.is_separate
        and row is not None
        and row.is_performer
        and row.finished_at is None
    )
