from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from estafeta.lib import clock
from estafeta.lib.jobs.models import Job
from estafeta.lib.jobs.runner import run_one
from estafeta.tickets import actions
from estafeta.tickets.bulk import arguments, refusals, runs
from estafeta.tickets.bulk.foresight import foresee, possible
from estafeta.tickets.bulk.verbs import BULK, INVERSES
from estafeta.tickets.errors import Invalid, NotAllowed
from estafeta.tickets.models import BulkRun, Entry, Ticket
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb
from tests.cast import Cast
from tests.order_of_things import check
from tests.orders import done, order, taken


def statuses(numbers: list[int]) -> list[str]:
    rows = dict(Ticket.objects.filter(pk__in=numbers).values_list("pk", "status"))
    return [rows[number] for number in numbers]


def test_it_is_foreseen_how_many_can_and_why_others_cannot(cast: Cast) -> None:
    free, mine, over = order(cast), taken(cast), done(cast)
    foreign = order(cast, by=cast.stranger, department=cast.accounting)
    found = foresee(Verb.TAKE, [free.pk, mine.pk, over.pk, foreign.pk], by=cast.agent)
    assert found.able == [free.pk]
    assert found.unable == 3
    assert list(found.reasons.values()) == [[mine.pk], [over.pk], [foreign.pk]]
    assert possible([free.pk, mine.pk, foreign.pk], by=cast.agent)[Verb.TAKE] == 1


def test_what_was_foreseen_is_what_happens(cast: Cast) -> None:
    numbers = [order(cast).pk, taken(cast).pk, done(cast).pk, taken(cast, by=cast.agent_b).pk]
    for verb in (Verb.TAKE, Verb.ACKNOWLEDGE, Verb.ARCHIVE, Verb.UNARCHIVE):
        foreseen = foresee(verb, numbers, by=cast.head)
        run = runs.begin(verb, numbers, by=cast.head, keywords={})
        assert [number for number, _seq in run.done] == foreseen.able
        told = [refusals.words(row) for row in run.refused]
        assert set(told) == set(foreseen.reasons)


def test_a_short_run_is_done_at_once_and_reports_each_ticket_it_left(cast: Cast) -> None:
    free, over = order(cast), done(cast)
    run = runs.begin(Verb.TAKE, [free.pk, over.pk, free.pk], by=cast.agent, keywords={})
    assert run.is_finished
    assert run.done == [[free.pk, 2]]
    [left] = run.refused
    assert left["number"] == over.pk
    assert "Done" in refusals.words(left)
    check(cast.everybody().values())


def test_a_long_run_is_a_job_and_goes_on_where_it_was(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(runs, "AT_ONCE", 3)
    monkeypatch.setattr(runs, "CHUNK", 2)
    numbers = [order(cast).pk for _ in range(5)]
    run = runs.begin(Verb.TAKE, numbers, by=cast.agent, keywords={})
    assert (run.is_finished, run.done) == (False, [])
    halfway = runs._next_chunk(run.pk)
    assert (halfway.position, len(halfway.done)) == (2, 2)
    assert Job.objects.count() == 1
    assert run_one() == 1
    assert Job.objects.get().last_error == ""
    run.refresh_from_db()
    assert run.is_finished
    assert [number for number, _seq in run.done] == numbers
    assert Entry.objects.filter(verb=Verb.TAKE).count() == 5
    check(cast.everybody().values())


def test_what_others_changed_since_the_look_is_left(cast: Cast) -> None:
    touched, untouched = order(cast), order(cast)
    as_of = Entry.objects.order_by("-pk")[0].pk
    actions.set_priority(touched, by=cast.head, priority=4)
    actions.note(untouched, by=cast.agent_b, text="Просто слово")
    run = runs.begin(Verb.TAKE, [touched.pk, untouched.pk], by=cast.agent, keywords={}, as_of=as_of)
    assert run.done == [[untouched.pk, 3]]
    assert "Hugo Head" in refusals.words(run.refused[0])


def test_taking_is_taken_back_except_where_somebody_has_acted_since(cast: Cast) -> None:
    first, second = order(cast), order(cast)
    run = runs.begin(Verb.TAKE, [first.pk, second.pk], by=cast.agent, keywords={})
    actions.complete(Ticket.objects.get(pk=second.pk), by=cast.agent)
    back = runs.undo(run, by=cast.agent)
    assert [number for number, _seq in back.done] == [first.pk]
    assert [row["number"] for row in back.refused] == [second.pk]
    assert statuses([first.pk, second.pk]) == [Status.NEW, Status.DONE]
    with pytest.raises(Invalid):
        runs.undo(run, by=cast.agent)
    with pytest.raises(Invalid):
        runs.undo(back, by=cast.agent)
    check(cast.everybody().values())


def test_each_ticket_gets_its_own_old_priority_and_deadline_back(cast: Cast) -> None:
    soon = clock.now() + timedelta(days=3)
    low, high = order(cast, priority=1, deadline=soon), order(cast, priority=3)
    numbers = [low.pk, high.pk]
    for verb, given in (
        (Verb.SET_PRIORITY, {"priority": 4}),
        (Verb.SET_DEADLINE, {"deadline": soon + timedelta(days=1)}),
    ):
        run = runs.begin(verb, numbers, by=cast.head, keywords=given)
        assert len(run.done) == 2
        assert len(runs.undo(run, by=cast.head).done) == 2
    rows = Ticket.objects.in_bulk(numbers)
    assert [rows[number].priority for number in numbers] == [1, 3]
    assert [rows[number].deadline for number in numbers] == [soon, None]


def test_the_archive_is_undone(cast: Cast) -> None:
    numbers = [done(cast).pk for _ in range(2)]
    run = runs.begin(Verb.ARCHIVE, numbers, by=cast.head, keywords={})
    assert statuses(numbers) == [Status.ARCHIVED] * 2
    runs.undo(run, by=cast.head)
    assert statuses(numbers) == [Status.DONE] * 2


def test_tags_and_following_are_taken_back(cast: Cast) -> None:
    first, second = order(cast), order(cast)
    actions.tag(second, by=cast.agent, add=["printer"])
    numbers = [first.pk, second.pk]
    run = runs.begin(
        Verb.TAG, numbers, by=cast.agent, keywords={"add": ["room 5"], "remove": ["printer"]}
    )
    assert len(run.done) == 2
    runs.undo(run, by=cast.agent)
    kept = [set(t.taggings.values_list("tag__name", flat=True)) for t in (first, second)]
    assert kept == [set(), {"printer"}]
    run = runs.begin(Verb.FOLLOW, numbers, by=cast.agent_b, keywords={})
    assert len(runs.undo(run, by=cast.agent_b).done) == 2


def test_a_release_of_anothers_ticket_is_not_taken_back_by_taking_it(cast: Cast) -> None:
    ticket = taken(cast)
    run = runs.begin(Verb.RELEASE, [ticket.pk], by=cast.head, keywords={})
    back = runs.undo(run, by=cast.head)
    assert back.done == []
    assert statuses([ticket.pk]) == [Status.NEW]


def test_nobody_takes_back_what_another_did(cast: Cast) -> None:
    run = runs.begin(Verb.TAKE, [order(cast).pk], by=cast.agent, keywords={})
    with pytest.raises(NotAllowed):
        runs.undo(run, by=cast.agent_b)


def test_too_many_and_none_are_refused(cast: Cast) -> None:
    with pytest.raises(Invalid):
        runs.begin(Verb.TAKE, [], by=cast.agent, keywords={})
    with pytest.raises(Invalid):
        runs.begin(Verb.TAKE, range(1, runs.MOST + 2), by=cast.agent, keywords={})


def test_who_was_switched_off_meanwhile_does_nothing_any_more(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(runs, "AT_ONCE", 0)
    number = order(cast).pk
    run = runs.begin(Verb.TAKE, [number], by=cast.agent, keywords={})
    type(cast.agent).objects.filter(pk=cast.agent.pk).update(is_active=False)
    run_one()
    assert Job.objects.get().last_error == ""
    run.refresh_from_db()
    assert (run.done, [row["why"] for row in run.refused]) == ([], ["gone"])


def test_arguments_come_back_as_they_were_and_unknown_ones_are_refused(cast: Cast) -> None:
    given = {
        "people": [cast.agent, cast.agent_b], "department": cast.it, "reason": "Потому",
        "deadline": clock.now(), "priority": 4, "separate": None,
    }  # fmt: skip
    assert arguments.read(arguments.kept(given)) == given
    with pytest.raises(TypeError):
        arguments.kept({"entry": order(cast).entries.get()})


def test_what_can_be_taken_back_can_be_done_to_many() -> None:
    assert set(INVERSES) <= set(BULK)
    assert Verb.OPEN not in BULK
    assert Verb.EDIT not in BULK


def test_old_reports_are_forgotten(cast: Cast) -> None:
    run = runs.begin(Verb.TAKE, [order(cast).pk], by=cast.agent, keywords={})
    runs.undo(run, by=cast.agent)
    assert runs.forget_old() == 0
    BulkRun.objects.update(begun_at=clock.now() - runs.KEPT - timedelta(days=1))
    assert runs.forget_old() == 2
