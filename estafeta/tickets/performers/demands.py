"""What a ticket asks of its completion, and that it never asks less than before by some way round.

Evidence and acceptance are asked by the ticket itself; its topic, and tickets merged into it, put
theirs there. More may be asked by whoever may edit. Less is for the head of the department and for
directors; the author takes back what he alone asked until work begins, and always what he himself
would accept. A change of topic adds what the new one asks, whoever makes it: who may take that off
again does so by an edit of its own, so that it is said and stands in the journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Acceptance, Evidence
from estafeta.tickets.models.topic import Topic
from estafeta.tickets.permissions import (
    a_director,
    the_accepting_author,
    the_author,
    the_head,
    the_requester,
)
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Department, Person
    from estafeta.tickets.models import Ticket
    from estafeta.tickets.permissions import Relation

STRICTNESS = {Acceptance.NOBODY: 0, Acceptance.AUTHOR: 1, Acceptance.HEAD: 2}
"""The author can return finished work in any case; so the head's acceptance asks for more."""


@dataclass(frozen=True)
class Asked:
    """Evidence in the order of its enum, and who accepts."""

    evidence: list[str]
    acceptance: str


def of_new(
    *,
    evidence: Sequence[str] | None,
    acceptance: str | None,
    topic: Topic | None,
    department: Department,
    by: Person,
) -> Asked:
    """What a new ticket asks: what is given, and what its topic asks unless a head says otherwise.

    Raises Invalid where it is not for `by` to do without the topic's acceptance.
    """
    standard, leads = _of(topic), _leads(by, department)
    kinds = standard.evidence if evidence is None else evidence
    wanted = standard.acceptance if acceptance is None else _an_acceptance(acceptance)
    # Whoever opens a ticket is its author: what he would accept, he may do without.
    if wanted != standard.acceptance == Acceptance.HEAD and not leads:
        raise Invalid("acceptance", _("The topic asks for this: only the head may do without."))
    return Asked(_kinds(kinds if leads else [*kinds, *standard.evidence]), wanted)


def after_edit(
    relation: Relation,
    *,
    topic: Topic | None,
    evidence: Sequence[str] | None,
    acceptance: str | None,
) -> Asked:
    """What a ticket asks from now on; None leaves it as it is. Raises Invalid, with the field."""
    ticket = relation.ticket
    before = Asked(list(ticket.evidence), str(ticket.acceptance))
    kinds = _kinds(before.evidence if evidence is None else evidence)
    wanted = before.acceptance if acceptance is None else _an_acceptance(acceptance)
    if not (the_head(relation) or a_director(relation)):
        _refuse_less_evidence(ticket, set(before.evidence) - set(kinds))
        _refuse_less_acceptance(relation, wanted)
    if topic != ticket.topic:
        of_the_topic = _of(topic)
        kinds = _kinds([*kinds, *of_the_topic.evidence])
        wanted = _stricter(wanted, of_the_topic.acceptance)
    if ticket.status == Status.REVIEW:
        _refuse_in_review(before, Asked(kinds, wanted), of_topic=topic != ticket.topic)
    return Asked(kinds, wanted)


def after_merge(ticket: Ticket, there: Relation) -> Asked:
    """What the other ticket asks once this one goes on in it. Raises Invalid for a way round."""
    other = there.ticket
    more = [kind for kind in ticket.evidence if kind not in other.evidence]
    acceptance = _stricter(other.acceptance, ticket.acceptance)
    if other.status == Status.REVIEW and more:
        raise Invalid("other", _("The other ticket is completed already, and this one asks for "
                                 "evidence that it does not carry: return it to work first."))  # fmt: skip
    own = (the_author(there) or the_requester(there)) and not (the_head(there) or a_director(there))
    was_asked = there.person.pk in (ticket.author_id, ticket.requester_id)
    if (
        own
        and not was_asked
        and ticket.acceptance != Acceptance.NOBODY
        and acceptance != Acceptance.HEAD
    ):
        raise Invalid("other", _("The other ticket is your own, so you would accept the result "
                                 "yourself. Merge it into this one, or ask the head."))  # fmt: skip
    return Asked([*other.evidence, *more], acceptance)


def changes(ticket: Ticket, asked: Asked) -> dict[str, list[Any]]:
    """By field: what it asks, and what it is going to ask."""
    pairs = {
        "evidence": [ticket.evidence, asked.evidence],
        "acceptance": [str(ticket.acceptance), asked.acceptance],
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _of(topic: Topic | None) -> Asked:
    if topic is None:
        return Asked([], str(Acceptance.NOBODY))
    return Asked(list(topic.evidence), str(topic.acceptance))


def _kinds(values: Iterable[str]) -> list[str]:
    wanted = set(values)
    if wanted - set(Evidence.values):
        raise Invalid("evidence", _("There is no such evidence."))
    return [kind.value for kind in Evidence if kind in wanted]


def _an_acceptance(value: str) -> str:
    if value not in Acceptance.values:
        raise Invalid("acceptance", _("There is no such way of acceptance."))
    return str(value)


def _stricter(*acceptances: str) -> str:
    return str(max(map(Acceptance, acceptances), key=STRICTNESS.__getitem__))


def _refuse_less_evidence(ticket: Ticket, less: set[str]) -> None:
    if not less:
        return
    if any(less & set(topic.evidence) for topic in _topics_so_far(ticket)):
        raise Invalid("evidence", _("The topic asks for this: only the head may do without."))
    if any(less & set(asked) for asked in ticket.merged.values_list("evidence", flat=True)):
        raise Invalid("evidence", _of_the_merged())
    if _has_begun(ticket):
        raise Invalid("evidence", _("Work has begun: only the head may ask for less now."))


def _refuse_less_acceptance(relation: Relation, wanted: str) -> None:
    ticket = relation.ticket
    if STRICTNESS[Acceptance(wanted)] >= STRICTNESS[Acceptance(ticket.acceptance)]:
        return
    if the_accepting_author(relation):
        return
    if any(topic.acceptance == ticket.acceptance for topic in _topics_so_far(ticket)):
        raise Invalid("acceptance", _("The topic asks for this: only the head may do without."))
    if ticket.merged.filter(acceptance=ticket.acceptance).exists():
        raise Invalid("acceptance", _of_the_merged())
    if _has_begun(ticket):
        raise Invalid("acceptance", _("Work has begun: only the head may ask for less now."))


def _refuse_in_review(before: Asked, asked: Asked, *, of_topic: bool) -> None:
    """Nobody would accept it any more, or it would be accepted without what it asks."""
    if asked.acceptance == Acceptance.NOBODY != before.acceptance:
        raise Invalid("acceptance", _("The work waits to be accepted: accept it, or return it."))
    if set(asked.evidence) - set(before.evidence):
        raise Invalid(
            "topic" if of_topic else "evidence",
            _("The work is completed already. Return it to work before more evidence is asked."),
        )


def _of_the_merged() -> str:
    return _("A ticket that was merged into this one asks for it: only the head may do without.")


def _topics_so_far(ticket: Ticket) -> list[Topic]:
    """Nobody gets rid of what a topic asks by choosing another topic first."""
    edits = ticket.entries.filter(verb=Verb.EDIT).values_list("facts", flat=True)
    before = [facts["old"] for facts in edits if facts.get("old", {}).get("topic")]
    ids = {old["topic_id"] for old in before if "topic_id" in old}
    # Older entries know it by its name only.
    names = {old["topic"] for old in before if "topic_id" not in old}
    left = Q(pk__in=ids) | Q(name__in=names)
    found = list(Topic.objects.filter(left)) if before else []
    return [*found, ticket.topic] if ticket.topic else found


def _has_begun(ticket: Ticket) -> bool:
    """Somebody works on it, or has."""
    is_held = ticket.status != Status.NEW
    return is_held or ticket.holds.filter(person__isnull=False).exists()


def _leads(person: Person, department: Department) -> bool:
    return person.standing.is_director or department.pk in person.standing.headed
