"""Two tickets about one thing become one. Nothing is moved: the merged one points to the other.

Each keeps its own journal, comments and files, so both chains stay whole, and the undo only has to
take the pointer away. The page shows both stories to whoever sees both.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from estafeta.lib import clock
from estafeta.tickets.actions import ending, values
from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.actions.aftermath import Before
from estafeta.tickets.actions.linking import mark_related, seen_by
from estafeta.tickets.errors import Invalid, NotAllowed
from estafeta.tickets.models import Acceptance, Entry, Participant, Ticket
from estafeta.tickets.performers import baton, demands
from estafeta.tickets.permissions import Relation, may
from estafeta.tickets.relations import follows, subtasks
from estafeta.tickets.statuses import OPEN_STATUSES, Status
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

UNDONE_WITHIN = timedelta(days=1)


@action(Verb.MERGE)
def merge(ticket: Ticket, *, by: Person, other: Ticket, reason: str = "") -> Done:
    """Go on in the `other` ticket: this one is closed and leads there, both stories are kept.

    Its staff, and the client who asked if he is of the same organisation, follow the other one. What
    this ticket asks of its completion, the other asks from then on. For a day it can be undone.
    """
    there = seen_by(by, ticket, other)
    if not may(Verb.MERGE, there.relation):
        raise Invalid("other", _("The other ticket is not yours to merge into."))
    if other.status not in OPEN_STATUSES:
        raise Invalid("other", _("The other ticket is finished. Reopen it first."))
    _refuse_own_subtask(ticket, other)
    asked = demands.after_merge(ticket, there.relation)
    reason = values.a_reason(reason)
    facts: dict[str, Any] = {
        "other": other.pk,
        "was": str(ticket.status),
        "reason": reason,
        "followers": [
            person.pk for person in _concerned(ticket, other) if follows.add(other, person)
        ],
        "subtasks": list(ticket.subtasks.order_by("pk").values_list("pk", flat=True)),
        "asks": demands.changes(other, asked),
    }
    other.evidence, other.acceptance = asked.evidence, asked.acceptance
    other.save(update_fields=["evidence", "acceptance"])
    Ticket.with_deleted.filter(parent=ticket).update(parent=other)
    ending.close(ticket, Status.MERGED)
    baton.put_away(ticket, is_out=True)
    ticket.merged_into = other
    ticket.save(update_fields=["merged_into"])
    mark_related(ticket, other)
    told = {"other": ticket.pk, "takes_in": True, "reason": reason}
    return Done(facts, besides=[(there, Done(told))])


@action(Verb.UNMERGE)
def unmerge(ticket: Ticket, *, by: Person) -> Done:
    """Take the merge back, within a day: the ticket stands for itself again, with those who had it."""
    merged = last_merge(ticket)
    other = ticket.merged_into  # locked with the ticket, for its journal tells of it too
    if merged is None or other is None or not may_be_undone(merged):
        raise Invalid("", _("A merge can be undone for a day."))
    there = Before.of(Relation.between(by, other))
    if not there.relation.sees():
        raise NotAllowed(Verb.UNMERGE)
    facts = merged.facts
    ties = Participant.objects.filter(
        ticket=other, person__in=facts["followers"], only_follows=True
    ).select_related("person")  # fmt: skip
    gone = [tie.person_id for tie in ties if follows.remove(other, tie.person)]
    if facts["was"] in OPEN_STATUSES:
        values.a_taking(ticket.department)
    _parts_come_back(ticket, facts["subtasks"], other)
    for name, (before, after) in facts["asks"].items():
        # What waits to be accepted goes on waiting for somebody.
        is_wanted = other.status == Status.REVIEW and before == Acceptance.NOBODY
        if getattr(other, name) == after and not is_wanted:
            setattr(other, name, before)
            other.save(update_fields=[name])
    _stand_up_again(ticket, facts["was"], by=by)
    told: dict[str, Any] = {"other": ticket.pk, "takes_in": True}
    if gone:
        told["followers"] = gone
    return Done({"other": other.pk}, besides=[(there, Done(told))])


def last_merge(ticket: Ticket) -> Entry | None:
    """The line that tells how it was merged."""
    return ticket.entries.filter(verb=Verb.MERGE, facts__has_key="was").order_by("seq").last()


def may_be_undone(merged: Entry) -> bool:
    """Not for long: then people have got used to it."""
    return clock.now() < merged.at + UNDONE_WITHIN


def _refuse_own_subtask(ticket: Ticket, other: Ticket) -> None:
    """Its parts, which move, are locked first: whoever has them may be waiting for the tree."""
    list(Ticket.with_deleted.select_for_update(no_key=True).filter(parent=ticket).order_by("pk"))
    subtasks.hold_still()
    if subtasks.is_part_of(other, ticket):
        raise Invalid("other", _("The other ticket is a part of this one."))
    if below := subtasks.generations(ticket):
        subtasks.refuse_if_full(other, "other", more=ticket.subtasks.count())
        subtasks.refuse_if_deep(other, "other", below=below - 1)


def _parts_come_back(ticket: Ticket, numbers: Sequence[int], other: Ticket) -> None:
    """But those that stand above it meanwhile: their own parts may be what it is a part of."""
    rows = Ticket.with_deleted.select_for_update(no_key=True)
    parts = list(rows.filter(pk__in=numbers, parent=other).order_by("pk"))
    subtasks.hold_still()
    back = [part.pk for part in parts if not subtasks.is_part_of(ticket, part)]
    Ticket.with_deleted.filter(pk__in=back).update(parent=ticket)


def _concerned(ticket: Ticket, other: Ticket) -> list[Person]:
    """Who has to do with the merged ticket and may hear of the other one."""
    rows = ticket.participants.select_related("person").order_by("pk")
    people = [ticket.requester, ticket.author]
    people += [
        row.person for row in rows if row.is_performer or row.is_follower or row.is_addressee
    ]
    known = {person.pk: person for person in people}
    known.pop(other.requester_id, None)
    return [person for person in known.values() if follows.may_follow(other, person)]


def _stand_up_again(ticket: Ticket, was: str, *, by: Person) -> None:
    performer = ticket.performer
    if was == Status.NEW or performer is None or not performer.is_active:
        baton.nobody_performs(ticket)
        ticket.status = Status.NEW
    else:
        ticket.status = Status.REVIEW if was == Status.REVIEW else Status.IN_PROGRESS
    ticket.merged_into, ticket.closed_at = None, None
    ticket.review_since = clock.now() if ticket.status == Status.REVIEW else None
    ticket.save(
        update_fields=["status", "performer", "merged_into", "closed_at", "review_since"]
    )  # fmt: skip
    baton.put_away(ticket, is_out=False)
    baton.pass_to(ticket, ticket.performer, by=by, at=clock.now(), reason="")
