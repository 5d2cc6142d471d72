"""Who is on the ladder, and the next rung when its time has come.

A ticket gets on when the journal says that it was given to somebody, or became urgent, and off with
whatever answers it. Each rung asks the locked ticket once more, so that no call follows an answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from estafeta.accounts.deputies import Away
from estafeta.accounts.models import Person
from estafeta.notifications.ladder import rungs
from estafeta.notifications.models import Climb, Rung, Whom
from estafeta.notifications.scene import Staff
from estafeta.tickets import actions
from estafeta.tickets.errors import Refused
from estafeta.tickets.models import Entry, Priority, Ticket
from estafeta.tickets.performers import acknowledgement
from estafeta.tickets.verbs import Verb
from estafeta.tickets.via import Via, coming_via

BEGINNING = frozenset(
    {
        Verb.OPEN, Verb.ASSIGN, Verb.HAND_OVER, Verb.DECLINE_HAND_OVER, Verb.RELEASE,
        Verb.SET_PRIORITY, Verb.REOPEN, Verb.RESTORE, Verb.UNMERGE,
    }
)  # fmt: skip
"""After these somebody has to answer anew."""
MOST_AT_ONCE = 200


def follow(entries: Iterable[Entry]) -> None:
    """Put tickets on the ladder and take them off, as these entries say, the oldest first."""
    entries = list(entries)
    newest = {entry.ticket_id: entry for entry in entries}
    beginning = {
        entry.ticket_id: entry
        for entry in entries
        if entry.verb in BEGINNING and entry.ticket.priority == Priority.URGENT
    }
    climbing = Climb.objects.filter(next_at__isnull=False)
    asked = {*beginning, *climbing.filter(ticket__in=newest).values_list("ticket", flat=True)}
    if not asked:
        return
    calling = {one for one in asked if acknowledgement.still_calls(newest[one].ticket)}
    if answered := asked - calling:
        climbing.filter(ticket__in=answered).update(next_at=None)
    first = rungs.first()
    if first is None:
        return
    for number in beginning.keys() & calling:
        begun = beginning[number]
        due = begun.at + timedelta(minutes=first.after_minutes)
        begins = {"step": 0, "started_at": begun.at, "next_at": due}
        Climb.objects.update_or_create(ticket_id=number, defaults=begins)


def climb_due() -> int:
    """Call louder wherever the time has come; how many rungs were climbed."""
    climbed = 0
    due = Climb.objects.filter(next_at__lte=timezone.now()).order_by("next_at")
    with coming_via(Via.SCHEDULE):
        for number in list(due.values_list("pk", flat=True)[:MOST_AT_ONCE]):
            climbed += _climb(number)
    return climbed


@transaction.atomic
def _climb(number: int) -> int:
    """One rung, and what is noted of it, together or not at all."""
    rows = Climb.objects.select_for_update(skip_locked=True, of=("self",))
    climb = rows.filter(pk=number, next_at__lte=timezone.now()).first()
    if climb is None:  # another worker is at it
        return 0
    ticket = Ticket.with_deleted.get(pk=climb.ticket_id)
    if not acknowledgement.still_calls(ticket):
        _note(climb, climb.step, None)
        return 0
    for rung in rungs.above(climb.step):
        if people := _people(rung, ticket):
            try:
                actions.escalate(
                    ticket,
                    by=Person.objects.system(),
                    step=rung.place,
                    people=people,
                    channels=rung.channels,
                )
            except Refused:  # somebody was quicker
                _note(climb, climb.step, None)
                return 0
            _note(climb, rung.place, rungs.next_after(rung))
            return 1
    _note(climb, climb.step, None)
    return 0


def _note(climb: Climb, step: int, following: Rung | None) -> None:
    climb.step = step
    climb.next_at = (
        timezone.now() + timedelta(minutes=following.after_minutes) if following else None
    )
    climb.save(update_fields=["step", "next_at"])


def _people(rung: Rung, ticket: Ticket) -> list[Person]:
    """Whom the rung calls now; nobody where there are none of that sort."""
    staff, department = Staff(), ticket.department_id
    meant = [row.person_id for row in acknowledgement.given_to(ticket)]
    if rung.whom == Whom.MEANT:
        numbers = meant or staff.members(department)
    elif rung.whom == Whom.DEPUTIES:
        # Of the department that has it, its head's.
        numbers = _deputies_of(meant or staff.heads(department))
    elif rung.whom == Whom.HEADS:
        numbers = staff.heads(department)
    elif rung.whom == Whom.HEADS_ABOVE:
        numbers = staff.heads_above(department)
    else:
        numbers = list(Person.objects.filter(is_director=True).values_list("pk", flat=True))
    return list(Person.objects.active().filter(pk__in=numbers).order_by("name", "pk"))


def _deputies_of(people: Iterable[int]) -> list[int]:
    """Who stands in for those of them who are away."""
    away = Away.at(timezone.now())
    found = (away.stand_in(person) for person in people)
    return [deputy for deputy in dict.fromkeys(found) if deputy is not None]
