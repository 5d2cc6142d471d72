"""Every two verbs that can meet on one ticket, done by two people at the same moment.

Whatever the order in which they come out: each is done or refused with a reason, nobody waits for
ever, and the chain, the holds and the counters fit.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations_with_replacement
from typing import Any

import pytest

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.actions.action import ACTIONS
from estafeta.tickets.errors import Refused
from estafeta.tickets.models import Entry, Ticket
from estafeta.tickets.statuses import ALLOWED, Status
from estafeta.tickets.verbs import BY_SYSTEM, CONVERSATION, Verb
from tests.cast import Cast
from tests.orders import order, taken
from tests.test_races import at_once, cast, in_order, real_database

__all__ = ["cast", "real_database"]

pytestmark = [
    pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip
ROUND = 6
"""So many pairs run at once, each on a ticket of its own: they also wait for each other's writes."""


def _new(cast: Cast) -> Ticket:
    return order(cast, by=cast.director)


def _waiting(cast: Cast) -> Ticket:
    ticket = taken(cast)
    actions.wait(ticket, by=cast.agent, wait_for="part", reason="Ждём")
    return ticket


def _review(cast: Cast) -> Ticket:
    ticket = taken(cast, acceptance="author")
    actions.complete(ticket, by=cast.agent)
    return ticket


def _done(cast: Cast) -> Ticket:
    ticket = taken(cast)
    actions.complete(ticket, by=cast.agent)
    return ticket


def _archived(cast: Cast) -> Ticket:
    ticket = _done(cast)
    actions.archive(ticket, by=cast.director)
    return ticket


def _cancelled(cast: Cast) -> Ticket:
    ticket = taken(cast)
    actions.cancel(ticket, by=cast.director, reason="Не нужно")
    return ticket


def _merged(cast: Cast) -> Ticket:
    ticket = taken(cast)
    actions.merge(ticket, by=cast.agent, other=taken(cast))
    return ticket


def _deleted(cast: Cast) -> Ticket:
    ticket = taken(cast)
    actions.delete(ticket, by=cast.admin, reason="Лишняя")
    return ticket


STATES: dict[Status, Callable[[Cast], Ticket]] = {
    Status.NEW: _new, Status.IN_PROGRESS: taken, Status.WAITING: _waiting,
    Status.REVIEW: _review, Status.DONE: _done, Status.ARCHIVED: _archived,
    Status.CANCELLED: _cancelled, Status.MERGED: _merged, Status.DELETED: _deleted,
}  # fmt: skip
# They need a comment or a file that is there; their own races are in test_races.py.
ELSEWHERE = {Verb.EDIT_COMMENT, Verb.DELETE_COMMENT, Verb.ATTACH, Verb.REMOVE_FILE, Verb.SPLIT}


def pairs(status: Status) -> list[tuple[Verb, Verb]]:
    """Two that only talk cannot collide: they never refuse each other."""
    verbs = sorted(ALLOWED[status] - BY_SYSTEM - ELSEWHERE)
    return [
        (one, other)
        for one, other in combinations_with_replacement(verbs, 2)
        if not {one, other} <= CONVERSATION
    ]


def given(verb: Verb, cast: Cast, other: Ticket) -> dict[str, Any]:
    """What a sensible person would say with it."""
    reason = {"reason": "Потому что"}
    words: dict[Verb, dict[str, Any]] = {
        Verb.ASSIGN: {"people": [cast.agent_b]},
        Verb.HAND_OVER: {"department": cast.accounting, **reason},
        Verb.DECLINE_HAND_OVER: reason,
        Verb.RELEASE: reason, Verb.WAIT: {"wait_for": "part", **reason},
        Verb.RETURN_TO_WORK: reason, Verb.REOPEN: reason, Verb.CANCEL: reason,
        Verb.DELETE: reason, Verb.RESTORE: reason,
        Verb.REPLY: {"text": "Слово"}, Verb.NOTE: {"text": "Слово"},
        Verb.EDIT: {"title": "Иначе", "text": "Слово"}, Verb.SET_PRIORITY: {"priority": 4},
        Verb.SET_DEADLINE: {"deadline": None},
        Verb.PROPOSE_DEADLINE: {"deadline": None, **reason}, Verb.ANSWER_DEADLINE: {"agree": True},
        Verb.TAG: {"add": ["склад"]}, Verb.LINK: {"other": other, "kind": "relates"},
        Verb.UNLINK: {"other": other, "kind": "relates"}, Verb.MERGE: {"other": other},
        Verb.ADD_SUBTASK: {"title": "Часть", "department": cast.it},
        Verb.MAKE_SUBTASK: {"other": other}, Verb.DETACH_SUBTASK: {"other": other},
    }  # fmt: skip
    return words.get(verb, {})


def acting(verb: Verb, ticket: Ticket, cast: Cast, other: Ticket, who: Person) -> Callable[[], Any]:
    """The act, to be started later in a thread."""
    by = cast.admin if verb in (Verb.DELETE, Verb.RESTORE) else who

    def act() -> Any:
        words = given(verb, cast, other)
        if "other" in words:
            words["other"] = Ticket.objects.get(pk=other.pk)
        row = Ticket.with_deleted.get(pk=ticket.pk)
        return ACTIONS[verb](row, by=Person.objects.get(pk=by.pk), **words)

    return act


@pytest.mark.parametrize("status", STATES)
def test_no_two_verbs_at_once_leave_anything_half_done(cast: Cast, status: Status) -> None:
    found = pairs(status)
    done = 0
    for start in range(0, len(found), ROUND):
        stretch = found[start : start + ROUND]
        tickets = [(STATES[status](cast), order(cast)) for _pair in stretch]
        acts = [
            acting(verb, ticket, cast, other, who)
            for (ticket, other), pair in zip(tickets, stretch, strict=True)
            for verb, who in zip(pair, (cast.director, cast.agent), strict=True)
        ]
        answers = at_once(*acts)
        strange = [a for a in answers if not isinstance(a, Entry | Refused)]
        assert strange == [], (stretch, strange)
        done += sum(isinstance(answer, Entry) for answer in answers)
        for ticket, _other in tickets:
            in_order(Ticket.with_deleted.get(pk=ticket.pk))
    assert done > len(found) / 2
