"""Who has it from now on: what the verbs that pass the baton share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from estafeta.lib import clock
from estafeta.tickets.actions import ending
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Participant, Ticket
from estafeta.tickets.performers import baton, separately
from estafeta.tickets.statuses import Status

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


def may_begin(ticket: Ticket, row: Participant) -> bool:
    """Given a part of his own, and has not said that he is at it."""
    return ticket.is_separate and row.taken_at is None and row.finished_at is None


def give(
    ticket: Ticket,
    people: Sequence[Person],
    *,
    by: Person,
    reason: str,
    separate: bool | None = None,
) -> None:
    """These have it now, nobody else; who finished his part before and stays has still done so."""
    kept = _finished_of(ticket, people, separate)
    baton.nobody_performs(ticket)
    baton.nobody_is_addressed(ticket)
    address(ticket, people, separate)
    at_work = [person for person in people if person.pk not in kept]
    baton.perform(ticket, [*at_work, *(one for one in people if one.pk in kept)])
    for person, ties in kept.items():
        Participant.objects.filter(ticket=ticket, person=person).update(**ties)
    baton.pass_to(ticket, at_work[0], by=by, at=clock.now(), reason=reason)
    in_progress(ticket)


def _finished_of(
    ticket: Ticket, people: Sequence[Person], separate: bool | None
) -> dict[int, dict[str, Any]]:
    if not ticket.is_separate or separate is False or len(people) < 2:
        return {}
    rows = Participant.objects.filter(ticket=ticket, is_performer=True, person__in=people)
    found = {
        row.person_id: {"taken_at": row.taken_at, "finished_at": row.finished_at}
        for row in rows.filter(finished_at__isnull=False)
    }
    if len(found) == len(people):
        raise Invalid("people", _("They have finished their parts already."))
    return found


def address(ticket: Ticket, people: Sequence[Person], separate: bool | None) -> None:
    """It is meant for these; several may each finish separately."""
    for person in people:
        baton.participate(ticket, person, is_addressee=True, acknowledged_at=None)
    wanted = len(people) > 1 and (ticket.is_separate if separate is None else separate)
    if wanted != ticket.is_separate:
        ticket.is_separate = wanted
        ticket.save(update_fields=["is_separate"])


def how(ticket: Ticket) -> dict[str, Any]:
    """Facts: whether each finishes separately."""
    return {"separate": True} if ticket.is_separate else {}


def part_dropped(ticket: Ticket, by: Person, reason: str) -> dict[str, Any]:
    """One of several is not asked any more: the others go on, or all that is left is done."""
    rows = list(separately.parts(ticket).select_related("person"))
    if any(row.finished_at is None and row.is_performer for row in rows):
        separately.pass_on(ticket, by=by, at=clock.now(), reason=reason)
        return {"free": False}
    finished = [row for row in rows if row.finished_at is not None]
    if finished:
        if separately.pass_on(ticket, by=by, at=clock.now(), reason=reason):
            return {"free": False}
        last = max(finished, key=lambda row: row.finished_at or clock.now()).person
        ticket.performer = last
        baton.pass_to(ticket, last, by=by, at=clock.now(), reason=reason)
        return {"free": False, "all_finished": True, "accepted": ending.complete(ticket)}
    set_free(ticket, by=by, reason=reason)
    return {"free": True}


def in_progress(ticket: Ticket) -> None:
    """Somebody is at it."""
    ticket.status = Status.IN_PROGRESS
    ending.no_longer_waiting(ticket)


def set_free(ticket: Ticket, *, by: Person, reason: str) -> None:
    """Nobody has it; whoever is free in the department takes it."""
    baton.nobody_performs(ticket)
    baton.pass_to(ticket, None, by=by, at=clock.now(), reason=reason)
    ticket.status = Status.NEW
    ending.no_longer_waiting(ticket)
