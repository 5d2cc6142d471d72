"""A verb done to many tickets leaves exactly what it leaves when it is done to each alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from estafeta.accounts.models import Person
from estafeta.lib import chain, clock
from estafeta.tickets import actions
from estafeta.tickets.actions.action import ACTIONS, BODIES
from estafeta.tickets.actions.together import act_together, expected_since
from estafeta.tickets.errors import Changed, Gone, Invalid, NotAllowed, NotNow
from estafeta.tickets.models import Entry, Hold, Participant, ReadMark, Tally, Ticket
from estafeta.tickets.proof.verify import check_chain
from estafeta.tickets.verbs import Verb
from tests.cast import Cast
from tests.order_of_things import check
from tests.orders import done, order, taken

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=9)
OWN = {
    "number",
    "id",
    "ticket",
    "ticket_id",
    "journal_head",
    "hash",
    "previous_hash",
    "salt",
    "gathered",
}


@pytest.fixture(autouse=True)
def one_salt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Digests of the same words differ by nothing but their salts."""
    monkeypatch.setattr(chain, "new_salt", lambda: "5a" * 16)


def archived(cast: Cast) -> Ticket:
    ticket = done(cast)
    actions.archive(ticket, by=cast.head)
    return ticket


def addressed(cast: Cast) -> Ticket:
    return order(cast, people=[cast.agent, cast.agent_b])


def waiting(cast: Cast) -> Ticket:
    ticket = taken(cast)
    actions.wait(ticket, by=cast.agent, wait_for="part")
    return ticket


def written_to(cast: Cast) -> Ticket:
    ticket = order(cast)
    actions.reply(ticket, by=cast.director, text="Ещё одно")
    return ticket


Made = Callable[[Cast], Ticket]
CASES: list[tuple[Verb, Made, str, dict[str, Any]]] = [
    (Verb.TAKE, order, "agent", {}),
    (Verb.TAKE, addressed, "agent", {}),
    (Verb.TAKE, written_to, "agent", {}),
    (Verb.TAKE, lambda cast: taken(cast, by=cast.agent_b), "agent", {}),
    (Verb.RELEASE, taken, "agent", {"reason": "Ухожу"}),
    (Verb.ACKNOWLEDGE, addressed, "agent", {}),
    (Verb.RESUME, waiting, "agent", {}),
    (Verb.WAIT, taken, "agent", {"wait_for": "part"}),
    (Verb.COMPLETE, taken, "agent", {"reason": "Готово"}),
    (Verb.ARCHIVE, done, "head", {}),
    (Verb.UNARCHIVE, archived, "head", {}),
    (Verb.SET_PRIORITY, order, "head", {"priority": 4, "reason": "Срочно"}),
    (Verb.SET_DEADLINE, order, "head", {"deadline": LATER}),
    (Verb.CANCEL, order, "director", {"reason": "Не нужно"}),
    (Verb.REPLY, taken, "agent", {"text": "Сделаем"}),
    (Verb.NOTE, taken, "agent", {"text": "Осторожно"}),
    (Verb.REOPEN, archived, "head", {"reason": "Снова"}),
    (Verb.TAG, order, "agent", {"add": ["принтер"]}),
    (Verb.FOLLOW, order, "agent", {}),
    (Verb.HAND_OVER, taken, "agent", {"people": "agent_b", "reason": "Твоё"}),
    (Verb.ASSIGN, order, "head", {"people": "agent"}),
]


def rows(model: Any, ticket: Ticket) -> list[dict[str, Any]]:
    found = model.objects.filter(ticket=ticket).order_by("pk").values()
    return [{k: v for k, v in row.items() if k not in (*OWN, "comment_id")} for row in found]


def state(ticket: Ticket) -> dict[str, Any]:
    [row] = Ticket.objects.filter(pk=ticket.pk).values()
    about = {name: value for name, value in row.items() if name not in OWN}
    kept = {model.__name__: rows(model, ticket) for model in (Hold, Participant, Entry, ReadMark)}
    return {"ticket": about, **kept}


@pytest.mark.parametrize(("verb", "make", "who", "keywords"), CASES)
def test_many_are_left_like_one(
    cast: Cast, verb: Verb, make: Made, who: str, keywords: dict[str, Any]
) -> None:
    by: Person = getattr(cast, who)
    if "people" in keywords:
        keywords = {**keywords, "people": [getattr(cast, keywords["people"])]}
    with clock.standing_at(NOW):
        alone, first, second = make(cast), make(cast), make(cast)
        ACTIONS[verb](alone, by=by, **keywords)
        outcomes = act_together(
            verb, [second.pk, first.pk], by=by, keywords=lambda _number: keywords
        )
    assert [number for number, _outcome in outcomes] == [second.pk, first.pk]
    assert all(isinstance(outcome, Entry) for _number, outcome in outcomes), outcomes
    assert state(first) == state(alone) == state(second)
    assert [check_chain(ticket) for ticket in Ticket.objects.all()] == [[], [], []]
    check(cast.everybody().values())


def test_those_that_cannot_stay_as_they_were_and_say_why(cast: Cast) -> None:
    free, mine, over, theirs = order(cast), taken(cast), done(cast), order(cast)
    foreign = order(cast, by=cast.stranger, department=cast.accounting)
    seen = Entry.objects.order_by("-pk")[0].pk
    actions.set_priority(theirs, by=cast.head, priority=4)
    numbers = [free.pk, mine.pk, over.pk, theirs.pk, foreign.pk, 999_999]
    before = {ticket.pk: state(ticket) for ticket in (mine, over, theirs, foreign)}
    outcomes = dict(
        act_together(
            Verb.TAKE, numbers, by=cast.agent, expected=expected_since(numbers, as_of=seen)
        )
    )
    kinds = [type(outcomes[number]) for number in numbers]
    assert kinds == [Entry, Invalid, NotNow, Changed, Gone, Gone]
    assert {ticket: state(Ticket.objects.get(pk=ticket)) for ticket in before} == before
    check(cast.everybody().values())


def test_who_may_not_is_told_so_for_each(cast: Cast) -> None:
    numbers = [order(cast, by=cast.client).pk for _ in range(3)]
    outcomes = act_together(Verb.TAKE, numbers, by=cast.client)
    assert [type(outcome) for _number, outcome in outcomes] == [NotAllowed] * 3


def test_a_refusal_half_way_leaves_nothing_of_a_verb_that_is_not_gathered(cast: Cast) -> None:
    first, second = taken(cast), taken(cast)

    def keywords(number: int) -> dict[str, Any]:
        return {"text": "Слово" if number == first.pk else " "}

    outcomes = dict(
        act_together(Verb.REPLY, [first.pk, second.pk], by=cast.agent, keywords=keywords)
    )
    assert isinstance(outcomes[first.pk], Entry)
    assert isinstance(outcomes[second.pk], Invalid)
    check(cast.everybody().values())


def test_counters_move_as_often_as_tickets_do(cast: Cast) -> None:
    numbers = [order(cast).pk for _ in range(5)]
    act_together(Verb.TAKE, numbers, by=cast.agent)
    amounts = dict(Tally.objects.filter(department=cast.it).values_list("status", "amount"))
    assert (amounts["new"], amounts["in_progress"]) == (0, 5)


@pytest.mark.parametrize("verb", sorted(verb for verb, body in BODIES.items() if body.gathers))
def test_a_gathered_verb_costs_as_many_statements_for_many_as_for_few(
    cast: Cast, verb: Verb
) -> None:
    cases = {case[0]: case[1:] for case in reversed(CASES)}
    make, who, keywords = cases[verb]
    by = getattr(cast, who)
    first, few, many = ([make(cast).pk for _ in range(amount)] for amount in (1, 6, 12))
    act_together(verb, first, by=by, keywords=lambda _number: keywords)
    # The archive's own entry says what the ticket was before.
    reads_each = {Verb.UNARCHIVE: 1}.get(verb, 0)
    amounts = []
    for numbers in (few, many):
        with CaptureQueriesContext(connection) as asked:
            act_together(verb, numbers, by=by, keywords=lambda _number: keywords)
        amounts.append(len(asked) - reads_each * len(numbers))
    assert amounts[0] == amounts[1]
