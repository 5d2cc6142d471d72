"""Runs over many tickets beside other people who act on the same ones, with real transactions."""

from __future__ import annotations

from typing import Any

import pytest

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.bulk import runs
from estafeta.tickets.errors import Refused
from estafeta.tickets.models import BulkRun, Entry, Participant, Ticket
from estafeta.tickets.verbs import Verb
from tests.cast import Cast
from tests.order_of_things import check
from tests.orders import order
from tests.test_races import at_once, cast, doing, real_database

__all__ = ["cast", "real_database"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def running(verb: Verb, numbers: list[int], by: Person, **keywords: Any) -> Any:
    def act() -> Any:
        person = Person.objects.get(pk=by.pk)
        return runs.begin(verb, numbers, by=person, keywords=keywords)

    return act


def test_two_sweeps_over_the_same_tickets_in_other_orders_both_end(cast: Cast) -> None:
    numbers = [order(cast).pk for _ in range(20)]
    answers = at_once(
        running(Verb.TAKE, numbers, cast.agent),
        running(Verb.TAKE, numbers[::-1], cast.agent_b),
        running(Verb.SET_PRIORITY, numbers, cast.head, priority=4),
    )
    assert [len(run.done) for run in answers] == [20, 20, 20], answers
    assert Participant.objects.filter(is_performer=True).count() == 40
    check(cast.everybody().values())


def test_a_sweep_and_single_verbs_lose_nothing(cast: Cast) -> None:
    tickets = [order(cast) for _ in range(12)]
    singles = [
        doing("take", tickets[3], cast.agent_b),
        doing("cancel", tickets[6], cast.director, reason="Не надо"),
        doing("hand_over", tickets[9], cast.head, department=cast.network, reason="К вам"),
    ]
    run, *others = at_once(
        running(Verb.TAKE, [ticket.pk for ticket in tickets], cast.agent), *singles
    )
    assert isinstance(run, BulkRun), run
    assert all(isinstance(one, Entry | Refused) for one in others), others
    assert len(run.done) + len(run.refused) == 12
    check(cast.everybody().values())


def test_one_run_worked_off_by_two_workers_is_done_once(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(runs, "AT_ONCE", 0)
    monkeypatch.setattr(runs, "CHUNK", 2)
    numbers = [order(cast).pk for _ in range(10)]
    run = runs.begin(Verb.TAKE, numbers, by=cast.agent, keywords={})
    at_once(*[lambda: runs.go_on(BulkRun.objects.get(pk=run.pk))] * 3)
    run.refresh_from_db()
    assert [number for number, _seq in run.done] == numbers
    assert Entry.objects.filter(verb=Verb.TAKE).count() == 10
    check(cast.everybody().values())


def test_whoever_is_undone_while_somebody_acts_loses_nothing(cast: Cast) -> None:
    numbers = [order(cast).pk for _ in range(6)]
    run = runs.begin(Verb.TAKE, numbers, by=cast.agent, keywords={})
    back, completed = at_once(
        lambda: runs.undo(BulkRun.objects.get(pk=run.pk), by=Person.objects.get(pk=cast.agent.pk)),
        lambda: actions.complete(
            Ticket.objects.get(pk=numbers[2]), by=Person.objects.get(pk=cast.agent.pk)
        ),
    )
    assert isinstance(back, BulkRun), back
    assert isinstance(completed, Entry | Refused), completed
    check(cast.everybody().values())
