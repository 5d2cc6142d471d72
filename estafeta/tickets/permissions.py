"""Who may do which verb. Whether the status allows it is `statuses.py`; seeing comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from estafeta.tickets import visibility
from estafeta.tickets.errors import NotAllowed
from estafeta.tickets.models import Acceptance, Participant, Ticket
from estafeta.tickets.statuses import ALLOWED, Status
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


@dataclass(frozen=True)
class Relation:
    """A person and a ticket, and what ties them."""

    person: Person
    ticket: Ticket
    participant: Participant | None

    @classmethod
    def between(cls, person: Person, ticket: Ticket) -> Relation:
        """Asks the database once for the person's Participant row."""
        row = Participant.objects.filter(person=person, ticket=ticket).first()
        return cls(person, ticket, row)

    @classmethod
    def between_all(cls, person: Person, tickets: Iterable[Ticket]) -> list[Relation]:
        """The same for the rows of a list, in one query."""
        tickets = list(tickets)
        rows = {
            row.ticket_id: row for row in Participant.objects.filter(person=person, ticket__in=tickets)
        }  # fmt: skip
        return [cls(person, ticket, rows.get(ticket.pk)) for ticket in tickets]

    def sees(self) -> bool:
        """The visibility rule, asked of these two."""
        participants = () if self.participant is None else (self.person.pk,)
        return visibility.sees(self.person.standing, self.ticket, participants)


Rule = Callable[[Relation], bool]


def the_author(r: Relation) -> bool:
    return r.ticket.author_id == r.person.pk


def an_author_of_the_staff(r: Relation) -> bool:
    return the_author(r) and an_agent(r)


def the_requester(r: Relation) -> bool:
    return r.ticket.requester_id == r.person.pk


def a_performer(r: Relation) -> bool:
    return r.participant is not None and r.participant.is_performer


def an_addressee(r: Relation) -> bool:
    return r.participant is not None and r.participant.is_addressee


def a_member_of_the_department(r: Relation) -> bool:
    return r.ticket.department_id in r.person.standing.departments


def the_head(r: Relation) -> bool:
    return r.ticket.department_id in r.person.standing.headed


def the_head_of_the_author(r: Relation) -> bool:
    return r.ticket.author_department_id in r.person.standing.headed


def a_director(r: Relation) -> bool:
    return r.person.standing.is_director


def an_agent(r: Relation) -> bool:
    return r.person.standing.is_agent


def an_administrator(r: Relation) -> bool:
    return r.person.standing.is_administrator


def whoever_sees_it(r: Relation) -> bool:
    return True


def the_system(r: Relation) -> bool:
    return r.person.is_system


def the_accepting_author(r: Relation) -> bool:
    asked = r.ticket.acceptance == Acceptance.AUTHOR
    return asked and (the_author(r) or the_requester(r) or the_head_of_the_author(r))


def the_accepting_head(r: Relation) -> bool:
    return r.ticket.acceptance == Acceptance.HEAD and the_head(r)


PERMISSIONS: dict[Verb, tuple[Rule, ...]] = {
    Verb.OPEN: (whoever_sees_it,),
    Verb.TAKE: (an_addressee, a_member_of_the_department, a_director),
    Verb.RELEASE: (a_performer, the_head, a_director, the_system),
    Verb.ASSIGN: (the_head, a_director, the_system),
    Verb.HAND_OVER: (
        a_performer,
        an_addressee,
        a_member_of_the_department,
        a_director,
        the_system,
    ),
    Verb.ACCEPT_HAND_OVER: (an_addressee, a_member_of_the_department, a_director, the_system),
    Verb.DECLINE_HAND_OVER: (an_addressee, a_member_of_the_department, a_director, the_system),
    Verb.ACKNOWLEDGE: (an_addressee,),
    Verb.WAIT: (a_performer, the_head, a_director),
    Verb.RESUME: (a_performer, the_head, a_director, the_system),
    Verb.COMPLETE: (a_performer, the_head, a_director),
    Verb.ACCEPT: (the_accepting_author, the_accepting_head, a_director, the_system),
    Verb.RETURN_TO_WORK: (
        a_performer,
        the_author,
        the_requester,
        the_head,
        the_head_of_the_author,
        a_director,
    ),
    Verb.REOPEN: (
        the_author,
        the_requester,
        the_head,
        the_head_of_the_author,
        a_director,
    ),
    Verb.CANCEL: (the_author, the_requester, the_head, a_director),
    Verb.ARCHIVE: (the_author, the_head, a_director, the_system),
    Verb.UNARCHIVE: (the_author, the_head, a_director),
    Verb.MOVE: (the_system,),
    Verb.ESCALATE: (the_system,),
    Verb.REPLY: (whoever_sees_it,),
    Verb.NOTE: (an_agent,),
    Verb.ATTACH: (whoever_sees_it,),
    Verb.REMOVE_FILE: (whoever_sees_it,),
    # Each his own, and for some minutes only: the verbs themselves look at the comment.
    Verb.EDIT_COMMENT: (whoever_sees_it,),
    Verb.DELETE_COMMENT: (whoever_sees_it,),
    Verb.EDIT: (the_author, the_head, a_director),
    Verb.SET_PRIORITY: (the_author, a_performer, the_head, a_director),
    Verb.SET_DEADLINE: (the_author, the_head, a_director),
    Verb.PROPOSE_DEADLINE: (a_performer, an_addressee, a_member_of_the_department),
    Verb.ANSWER_DEADLINE: (the_author, the_requester, the_head, a_director),
    Verb.NUDGE: (
        a_performer,
        the_author,
        the_requester,
        the_head,
        the_head_of_the_author,
        a_director,
    ),
    Verb.FOLLOW: (whoever_sees_it,),
    Verb.UNFOLLOW: (whoever_sees_it,),
    Verb.TAG: (an_agent,),
    Verb.LINK: (an_agent,),
    Verb.UNLINK: (an_agent,),
    Verb.MERGE: (a_performer, an_addressee, a_member_of_the_department, a_director),
    Verb.UNMERGE: (a_performer, an_addressee, a_member_of_the_department, a_director),
    Verb.SPLIT: (an_agent,),
    Verb.ADD_SUBTASK: (a_performer, an_addressee, a_member_of_the_department, a_director),
    Verb.MAKE_SUBTASK: (
        a_performer,
        an_addressee,
        a_member_of_the_department,
        an_author_of_the_staff,
        a_director,
    ),
    # Whoever works on one of the two: the verb itself looks at both.
    Verb.DETACH_SUBTASK: (an_agent,),
    Verb.DELETE: (an_administrator,),
    Verb.RESTORE: (an_administrator,),
}
UNSEEN = frozenset({Verb.DELETE, Verb.RESTORE})
"""Administrators do these by the number alone: they need not see what the ticket says."""


def may(verb: Verb, relation: Relation) -> bool:
    """Whether the person may do the verb to the ticket at all, whatever its status."""
    is_known = _is_known(relation) or (verb in UNSEEN and relation.person.is_active)
    return is_known and _suits(relation, PERMISSIONS[verb])


def _is_known(relation: Relation) -> bool:
    return relation.person.is_system or relation.sees()


def _suits(relation: Relation, rules: tuple[Rule, ...]) -> bool:
    if relation.person.is_system:
        return the_system in rules
    return any(rule(relation) for rule in rules)


def require(verb: Verb, relation: Relation) -> None:
    """Raise NotAllowed unless `may`."""
    if not may(verb, relation):
        raise NotAllowed(verb)


_RULES = tuple(dict.fromkeys(rule for rules in PERMISSIONS.values() for rule in rules))


def allowed_verbs(relation: Relation) -> list[Verb]:
    """What this person can do to this ticket now, in the order of the enum: buttons and API."""
    if not _is_known(relation):
        return []
    if relation.person.is_system:
        holding = tuple(rule is the_system for rule in _RULES)
    else:
        holding = tuple(rule(relation) for rule in _RULES)
    verbs = _allowed(str(relation.ticket.status), holding)
    return [verb for verb in verbs if not _pointless(verb, relation)]


@lru_cache(maxsize=5000)
def _allowed(status: str, holding: tuple[bool, ...]) -> tuple[Verb, ...]:
    """By status and by which rules hold: few cases, and a list asks for each of its rows."""
    held = {rule for rule, holds in zip(_RULES, holding, strict=True) if holds}
    possible = ALLOWED[Status(status)]
    return tuple(verb for verb in Verb if verb in possible and held & set(PERMISSIONS[verb]))


def _pointless(verb: Verb, relation: Relation) -> bool:
    """Allowed, but would change nothing: not offered as a button."""
    asked = _POINTLESS.get(verb)
    return asked is not None and asked(relation)


def _has_taken(r: Relation) -> bool:
    row = r.participant
    if row is None or not row.is_performer:
        return False
    return not r.ticket.is_separate or row.taken_at is not None or row.finished_at is not None


def _has_seen(r: Relation) -> bool:
    return r.participant is None or r.participant.acknowledged_at is not None


def _has_finished(r: Relation) -> bool:
    done = r.ticket.is_separate and r.participant is not None and r.participant.finished_at
    return bool(done) and not the_head(r) and not a_director(r)


def _is_not_offered(r: Relation) -> bool:
    return r.ticket.offered_until is None


def _sets_it_himself(r: Relation) -> bool:
    return the_author(r) or the_head(r) or a_director(r)


def _nothing_is_proposed(r: Relation) -> bool:
    return r.ticket.proposed_due is None


def _works_on_it_alone(r: Relation) -> bool:
    working = r.ticket.status == Status.IN_PROGRESS and not r.ticket.is_separate
    return working and r.ticket.performer_id == r.person.pk


def _follows(r: Relation) -> bool:
    return r.participant is not None and r.participant.is_follower


def _does_not_follow(r: Relation) -> bool:
    return not _follows(r)


def _is_a_part(r: Relation) -> bool:
    return r.ticket.parent_id is not None


def _is_no_part(r: Relation) -> bool:
    return not _is_a_part(r)


def _stands_alone(r: Relation) -> bool:
    return not r.ticket.is_related


_POINTLESS: dict[Verb, Rule] = {
    Verb.FOLLOW: _follows,
    Verb.UNFOLLOW: _does_not_follow,
    Verb.TAKE: _has_taken,
    Verb.MAKE_SUBTASK: _is_a_part,
    Verb.DETACH_SUBTASK: _is_no_part,
    Verb.UNLINK: _stands_alone,
    Verb.RELEASE: _has_finished,
    Verb.COMPLETE: _has_finished,
    Verb.ACKNOWLEDGE: _has_seen,
    Verb.ACCEPT_HAND_OVER: _is_not_offered,
    Verb.DECLINE_HAND_OVER: _is_not_offered,
    Verb.PROPOSE_DEADLINE: _sets_it_himself,
    Verb.ANSWER_DEADLINE: _nothing_is_proposed,
    Verb.NUDGE: _works_on_it_alone,
}
