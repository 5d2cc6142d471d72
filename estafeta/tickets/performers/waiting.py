"""What waits for somebody's word: a hand-over, a deadline, a result in review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from estafeta.tickets.models import PendingDeadline, PendingHandOver
from estafeta.tickets.models.ticket import NO_DEADLINE
from estafeta.tickets.permissions import Relation, may
from estafeta.tickets.upkeep import silence
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.tickets.models import Ticket


@dataclass(frozen=True)
class Waiting:
    """Nothing of it costs a query unless it waits. `answers`: the reader may say yes or no."""

    offered: PendingHandOver | None = None
    offered_until: datetime | None = None
    proposed: PendingDeadline | None = None
    answers: bool = False
    accepted_at: datetime | None = None


def waiting(relation: Relation) -> Waiting:
    """For one reader."""
    ticket = relation.ticket
    proposed = _proposed(ticket)
    return Waiting(
        offered=_offered(ticket),
        offered_until=None if ticket.offered_until == NO_DEADLINE else ticket.offered_until,
        proposed=proposed,
        answers=proposed is not None
        and proposed.by_id != relation.person.pk
        and may(Verb.ANSWER_DEADLINE, relation),
        accepted_at=silence.accepted_at(ticket),
    )


def _offered(ticket: Ticket) -> PendingHandOver | None:
    if ticket.offered_until is None:
        return None
    rows = PendingHandOver.objects.filter(ticket=ticket)
    return rows.select_related("by", "department").first()


def _proposed(ticket: Ticket) -> PendingDeadline | None:
    if ticket.proposed_due is None:
        return None
    return PendingDeadline.objects.filter(ticket=ticket).select_related("by").first()
