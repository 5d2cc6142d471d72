"""Two tickets about one thing become one. Nothing is moved: the merged one points to the other.

Each keeps its own journal, comments and files, so both chains stay whole, and the undo only has to
take the pointer away. The page shows both stories to whoever sees both.
"""

from __future__ import annotations

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
from estafeta.tickets.performers import baton
from estafeta.tickets.permissions import (
    Relation,
    a_director,
    may,
    the_author,
    the_head,
    the_requester,
)
from estafeta.tickets.relations import follows
from estafeta.tickets.statuses import OPEN_STATUSES, Status
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

UNDONE_WITHIN = timedelta(days=1)
DEEPEST = 50


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
    if other.status == Status.REVIEW and set(ticket.evidence) - set(other.evidence):
        raise Invalid("other", _("The other ticket is completed already, and this one asks for "
                                 "evidence that it does not carry: return it to work first."))  # fmt: skip
    _refuse_accepting_oneself(ticket, there.relation)
    reason = values.a_reason(reason)
    facts: dict[str, Any] = {
        "other": other.pk,
        "was": str(ticket.status),
        "reason": reason,
        "followers": [
            person.pk for person in _concerned(ticket, other) if follows.add(other, person)
        ],
        "subtasks": list(ticket.subtasks.order_by("pk").values_list("pk", flat=True)),
        "asks": _ask_no_less(other, ticket),
    }
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
    for person in Participant.objects.filter(
        ticket=other, person__in=facts["followers"], only_follows=True
    ).select_related("person"):
        follows.remove(other, person.person)
    Ticket.with_deleted.filter(pk__in=facts["subtasks"], parent=other).update(parent=ticket)
    for name, (before, after) in facts["asks"].items():
        if getattr(other, name) == after:
            setattr(other, name, before)
            other.save(update_fields=[name])
    _stand_up_again(ticket, facts["was"], by=by)
    told = {"other": ticket.pk, "takes_in": True}
    return Done({"other": other.pk}, besides=[(there, Done(told))])


def last_merge(ticket: Ticket) -> Entry | None:
    """The line that tells how it was merged."""
    return ticket.entries.filter(verb=Verb.MERGE, facts__has_key="was").order_by("seq").last()


def may_be_undone(merged: Entry) -> bool:
    """Not for long: then people have got used to it."""
    return clock.now() < merged.at + UNDONE_WITHIN


def _refuse_own_subtask(ticket: Ticket, other: Ticket) -> None:
    above, steps = other.parent, 0
    while above is not None and steps < DEEPEST:
        if above.pk == ticket.pk:
            raise Invalid("other", _("The other ticket is a part of this one."))
        above, steps = above.parent, steps + 1


def _refuse_accepting_oneself(ticket: Ticket, there: Relation) -> None:
    """Somebody else had to accept the result: nobody gets round that by a ticket he wrote himself."""
    own = (the_author(there) or the_requester(there)) and not (the_head(there) or a_director(there))
    is_asked = there.person.pk in (ticket.author_id, ticket.requester_id)
    if own and not is_asked and ticket.acceptance != Acceptance.NOBODY:
        raise Invalid("other", _("The other ticket is your own, so you would accept the result "
                                 "yourself. Merge it into this one, or ask the head."))  # fmt: skip


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


def _ask_no_less(other: Ticket, ticket: Ticket) -> dict[str, Any]:
    """What completion has to carry, and who accepts it, is not got round by merging."""
    asks: dict[str, Any] = {}
    evidence = [*other.evidence, *(kind for kind in ticket.evidence if kind not in other.evidence)]
    if evidence != other.evidence:
        asks["evidence"] = [other.evidence, evidence]
        other.evidence = evidence
    if other.acceptance == Acceptance.NOBODY != ticket.acceptance:
        asks["acceptance"] = [str(other.acceptance), str(ticket.acceptance)]
        other.acceptance = ticket.acceptance
    if asks:
        other.save(update_fields=list(asks))
    return asks


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
