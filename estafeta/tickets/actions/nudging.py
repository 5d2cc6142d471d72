"""Reminding those on whom a ticket waits, and nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from estafeta.accounts.models import Membership, Person
from estafeta.lib import clock
from estafeta.tickets.actions import values
from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Acceptance, Participant, Ticket, WaitFor
from estafeta.tickets.performers import separately
from estafeta.tickets.performers.separately import Stage
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from collections.abc import Collection

NOT_AGAIN_WITHIN = timedelta(hours=1)
HEADS = 0
"""Stands for them among the ids of people."""


@action(Verb.NUDGE)
def nudge(ticket: Ticket, *, by: Person, stage: str = Stage.DONE, reason: str = "") -> Done:
    """Remind whoever the ticket waits for now; of several who finish separately only the missing.

    `stage` is what they have not come to yet: seen, taken or done. Nobody is reminded twice an hour.
    """
    reason = values.a_reason(reason)
    if stage not in set(Stage):
        raise Invalid("stage", _("There is no such stage."))
    waited_for, lately = whom(ticket, Stage(stage)), _reminded_lately(ticket)
    people = [one for one in waited_for.people if one.pk != by.pk]
    if not people:
        raise Invalid("", _("There is nobody to remind."))
    people = [one for one in people if one.pk not in lately]
    if not people or (waited_for.are_heads and HEADS in lately):
        raise Invalid("", _("They were reminded less than an hour ago."))
    Participant.objects.filter(ticket=ticket, person__in=people).update(nudged_at=clock.now())
    # Whoever asks from outside need not learn from the journal who leads the department.
    named = [] if waited_for.are_heads else people
    facts = {"people": values.people_named(named), "stage": str(stage), "reason": reason}
    return Done(facts | ({"heads": True} if waited_for.are_heads else {}))


@dataclass(frozen=True)
class Waited:
    """On whom a ticket waits; heads are meant as such, not by name."""

    people: list[Person]
    are_heads: bool


def whom(ticket: Ticket, stage: Stage = Stage.DONE) -> Waited:
    """On whom the ticket waits now."""
    numbers, are_heads = _waited_for(ticket, stage), False
    if numbers is None:
        numbers, are_heads = _heads(ticket), True
    people = Person.objects.active().filter(pk__in=numbers).order_by("name")
    return Waited(list(people), are_heads)


def _waited_for(ticket: Ticket, stage: Stage) -> Collection[int] | None:
    """None where it is the heads."""
    if ticket.status == Status.REVIEW:
        by_head = ticket.acceptance == Acceptance.HEAD
        return None if by_head else {ticket.author_id, ticket.requester_id}
    if ticket.status == Status.WAITING and ticket.wait_for == WaitFor.REQUESTER:
        return [ticket.requester_id]
    if ticket.is_separate:
        return list(separately.missing(ticket, stage).values_list("person", flat=True))
    rows = Participant.objects.filter(ticket=ticket)
    performing = list(rows.filter(is_performer=True).values_list("person", flat=True))
    if performing:
        return performing
    addressed = list(rows.filter(is_addressee=True).values_list("person", flat=True))
    return addressed or None


def _heads(ticket: Ticket) -> Collection[int]:
    """Of the department, or of the nearest one above that has any."""
    way = ticket.department.path_numbers()
    heads = Membership.objects.filter(department__in=way, is_head=True, person__is_active=True)
    rows = list(heads.values_list("department", "person"))
    for place in reversed(way):
        if found := [person for department, person in rows if department == place]:
            return found
    return []


def _reminded_lately(ticket: Ticket) -> set[int]:
    since, found = clock.now() - NOT_AGAIN_WITHIN, set()
    entries = ticket.entries.filter(verb=Verb.NUDGE, at__gt=since)
    for facts in entries.values_list("facts", flat=True):
        found |= {one["id"] for one in facts["people"]}
        found |= {HEADS} if facts.get("heads") else set()
    return found
