"""Where each performer finishes separately: whose part is done, who is missing.

Everybody to whom the ticket is addressed and everybody who performs it has a part of his own.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from estafeta.tickets.models import Participant
from estafeta.tickets.performers import baton

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Ticket


class Stage(StrEnum):
    """How far a part may have come."""

    SEEN = "seen"
    TAKEN = "taken"
    DONE = "done"


_MISSING = {
    Stage.SEEN: Q(acknowledged_at=None, taken_at=None, finished_at=None),
    Stage.TAKEN: Q(taken_at=None, finished_at=None),
    Stage.DONE: Q(finished_at=None),
}


def parts(ticket: Ticket) -> QuerySet[Participant]:
    """A row for everybody who has a part, in the order in which they came to it."""
    concerned = Q(is_addressee=True) | Q(is_performer=True)
    return Participant.objects.filter(concerned, ticket=ticket).order_by("pk")


def missing(ticket: Ticket, stage: Stage = Stage.DONE) -> QuerySet[Participant]:
    """Who has not come so far; those at work first."""
    rows = parts(ticket).filter(_MISSING[stage])
    return rows.order_by(F("taken_at").asc(nulls_last=True), "-is_performer", "pk")


def own_part(ticket: Ticket, person: Person) -> Participant | None:
    """The person's part, if it is still to be finished."""
    if not ticket.is_separate:
        return None
    return parts(ticket).filter(person=person, is_performer=True, finished_at=None).first()


def finish(ticket: Ticket, part: Participant, *, by: Person, at: datetime, reason: str) -> bool:
    """The part is done; whether all are. The baton goes to somebody who has yet to finish."""
    part.finished_at, part.taken_at = at, part.taken_at or at
    part.save(update_fields=["finished_at", "taken_at"])
    return not pass_on(ticket, by=by, at=at, reason=reason)


def pass_on(ticket: Ticket, *, by: Person, at: datetime, reason: str) -> bool:
    """See that the baton is with somebody who has yet to finish; whether there is anybody."""
    waiting = list(missing(ticket).select_related("person"))
    if not waiting:
        return False
    if ticket.performer_id not in {row.person_id for row in waiting}:
        heir = waiting[0].person
        baton.perform(ticket, [heir])
        baton.pass_to(ticket, heir, by=by, at=at, reason=reason)
        ticket.save(update_fields=["performer"])
    return True


def begin_again(ticket: Ticket, people: list[Person]) -> None:
    """The parts of these people, or all of them, have to be done once more."""
    rows = parts(ticket).filter(finished_at__isnull=False)
    if people:
        rows = rows.filter(person__in=people)
    rows.update(finished_at=None)
