"""Where the baton is: holds, performers, and the passes between them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from estafeta.accounts.models import Site
from estafeta.tickets.models import Hold, Participant

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Ticket


def close_hold(ticket: Ticket, *, at: datetime) -> None:
    """The running stretch ends."""
    Hold.objects.filter(ticket=ticket, until__isnull=True).update(until=at)


def pass_to(
    ticket: Ticket, person: Person | None, *, by: Person, at: datetime, reason: str
) -> None:
    """The running stretch ends and the next begins, with a person or free in the department."""
    close_hold(ticket, at=at)
    Hold.objects.create(
        ticket=ticket, person=person, department_id=ticket.department_id, given_by=by,
        since=at, reason=reason[:500],
    )  # fmt: skip


def participate(ticket: Ticket, person: Person, **ties: object) -> Participant:
    """Tie the person to the ticket; flags not named stay as they are."""
    row, _made = Participant.objects.update_or_create(ticket=ticket, person=person, defaults=ties)
    return row


def perform(ticket: Ticket, people: Iterable[Person]) -> None:
    """These work on it from now on, besides those who do already; the first holds the baton."""
    people = list(people)
    for person in people:
        participate(ticket, person, is_performer=True, has_performed=True)
    ticket.performer = people[0]


def nobody_performs(ticket: Ticket) -> None:
    """All put it down; that they once had it stays on their rows."""
    Participant.objects.filter(ticket=ticket, is_performer=True).update(is_performer=False)
    ticket.performer = None


def nobody_is_addressed(ticket: Ticket) -> None:
    """The next address replaces the last."""
    Participant.objects.filter(ticket=ticket, is_addressee=True).update(
        is_addressee=False, acknowledged_at=None
    )


def notice_of_pass(ticket: Ticket, *, person: int | None, department: int) -> str:
    """What is odd about handing over to this place: "ping_pong", "loop", "many", or "" for nothing.

    To be asked before the pass is made. The baton comes back to the one who held it just before
    (ping-pong), to anybody who held it earlier (loop), or has been passed very often.
    """
    stretches = list(
        Hold.objects.filter(ticket=ticket).order_by("pk").values_list("person", "department")
    )
    places: list[tuple[int | None, int]] = []
    for holder, place in stretches:
        here = (holder, 0) if holder else (None, place)
        if not places or places[-1] != here:
            places.append(here)
    target = (person, 0) if person else (None, department)
    earlier = places[:-1]
    if len(earlier) >= 2 and earlier[-1] == target and places[-1] in earlier:
        return "ping_pong"
    if target in earlier and ticket.passes >= 1:
        return "loop"
    if ticket.passes + 1 >= Site.current().passes_before_notice:
        return "many"
    return ""
