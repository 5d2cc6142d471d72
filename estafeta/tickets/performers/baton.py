"""Where the baton is: holds, performers, and the passes between them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from estafeta.accounts.models import Person, Site
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Hold, Participant

if TYPE_CHECKING:
    from estafeta.tickets.models import Ticket

NO_PART: dict[str, Any] = {"is_performer": False, "taken_at": None, "finished_at": None}
"""What a Participant row says of somebody who does not work on it any more."""


def close_hold(ticket: Ticket, *, at: datetime) -> None:
    """The running stretch ends."""
    if ticket.gathered is not None:
        ticket.gathered.close_hold(at)
        return
    Hold.objects.filter(ticket=ticket, until__isnull=True).update(until=at)


def pass_to(
    ticket: Ticket, person: Person | None, *, by: Person, at: datetime, reason: str
) -> None:
    """The running stretch ends and the next begins, with a person or free in the department."""
    close_hold(ticket, at=at)
    hold = Hold(
        ticket_id=ticket.pk, person_id=person.pk if person else None,
        department_id=ticket.department_id, given_by_id=by.pk, since=at, reason=reason[:500],
    )  # fmt: skip
    if ticket.gathered is not None:
        ticket.gathered.holds.append(hold)
    else:
        hold.save()


def tie_of(ticket: Ticket, person: Person) -> Participant | None:
    """What ties the person to the ticket, if anything does."""
    if ticket.gathered is not None:
        return ticket.gathered.tie(ticket, person)
    return Participant.objects.filter(ticket=ticket, person=person).first()


def participate(ticket: Ticket, person: Person, **ties: object) -> Participant:
    """Tie the person to the ticket; flags not named stay as they are."""
    ties = {"only_follows": False, **ties}
    if ticket.gathered is not None:
        return ticket.gathered.participate(ticket, person, ties)
    row, _made = Participant.objects.update_or_create(ticket=ticket, person=person, defaults=ties)
    return row


def perform(ticket: Ticket, people: Iterable[Person], **ties: object) -> None:
    """These work on it from now on, besides those who do already; the first holds the baton."""
    people = list(people)
    if ticket.gathered is None:
        _refuse_who_left(people)
    for person in people:
        participate(ticket, person, is_performer=True, has_performed=True, **ties)
    ticket.performer = people[0]


def _refuse_who_left(people: Iterable[Person]) -> None:
    # Locked, so that nobody takes a ticket in the moment in which he is switched off: either it is
    # his before and is given away with the others, or he is refused.
    numbers = {person.pk for person in people}
    rows = Person.objects.select_for_update(no_key=True).order_by("pk")
    there = set(rows.filter(pk__in=numbers, is_active=True).values_list("pk", flat=True))
    if gone := [person for person in people if person.pk not in there]:
        raise Invalid("people", _("%(name)s cannot take tickets.") % {"name": gone[0].name})


def put_away(ticket: Ticket, *, is_out: bool) -> None:
    """Into the archive or out of it: nobody's tie is one of today any more, or all are again."""
    if ticket.gathered is not None:
        ticket.gathered.are_out = is_out
    else:
        ticket.participants.update(is_current=not is_out)


def nobody_performs(ticket: Ticket) -> None:
    """All put it down; that they once had it stays on their rows, not how far they came."""
    Participant.objects.filter(ticket=ticket, is_performer=True).update(**NO_PART)
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
