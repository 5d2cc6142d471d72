"""Many tickets merged into one, linked to one, made parts of one, and back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from estafeta.lib import clock
from estafeta.lib.jobs.runner import run_one
from estafeta.tickets import actions
from estafeta.tickets.bulk import refusals, runs
from estafeta.tickets.bulk.foresight import foresee
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Link, Ticket
from estafeta.tickets.relations import subtasks
from estafeta.tickets.verbs import Verb
from tests.cast import Cast
from tests.order_of_things import check
from tests.orders import done, order, taken


def in_order(cast: Cast) -> None:
    check(cast.everybody().values())


def test_many_are_merged_into_one_of_them(cast: Cast) -> None:
    tickets = [taken(cast) for _n in range(4)]
    one, *rest = tickets
    run = runs.begin(
        Verb.MERGE, [t.pk for t in tickets], by=cast.agent,
        keywords={"other": one, "reason": "Одно и то же"},
    )  # fmt: skip
    assert [number for number, _seq in run.done] == [t.pk for t in rest]
    assert run.refused == []
    one.refresh_from_db()
    assert one.status == "in_progress"
    told = one.entries.filter(verb="merge")
    assert [entry.facts["other"] for entry in told.order_by("seq")] == [t.pk for t in rest]
    in_order(cast)


def test_merges_are_taken_back_together(cast: Cast) -> None:
    one, *rest = [taken(cast) for _n in range(4)]
    run = runs.begin(
        Verb.MERGE, [t.pk for t in rest], by=cast.agent, keywords={"other": one}
    )  # fmt: skip
    back = runs.undo(run, by=cast.agent)
    assert (len(back.done), back.refused) == (3, [])
    assert set(Ticket.objects.values_list("status", flat=True)) == {"in_progress"}
    one.refresh_from_db()
    assert one.entries.filter(verb="unmerge").count() == 3
    in_order(cast)


def test_a_run_of_merges_is_taken_back_for_a_day_only(cast: Cast) -> None:
    one, other = taken(cast), taken(cast)
    run = runs.begin(Verb.MERGE, [other.pk], by=cast.agent, keywords={"other": one})
    assert runs.may_be_undone(run)
    with clock.standing_at(clock.now() + timedelta(hours=25)):
        assert not runs.may_be_undone(run)


def test_many_are_linked_to_one_and_back(cast: Cast) -> None:
    one, *rest = [order(cast) for _n in range(4)]
    actions.link(rest[0], by=cast.agent, other=one, kind="blocks")
    run = runs.begin(
        Verb.LINK, [t.pk for t in rest], by=cast.agent, keywords={"other": one, "kind": "blocks"}
    )
    assert len(run.done) == 2
    assert [refusals.words(row) for row in run.refused] == ["They are linked like this already."]
    assert Link.objects.filter(other=one, kind="blocks").count() == 3
    runs.undo(run, by=cast.agent)
    assert list(Link.objects.values_list("ticket", flat=True)) == [rest[0].pk]
    in_order(cast)


def test_many_become_parts_of_one_and_are_taken_off(cast: Cast) -> None:
    one, *rest = [taken(cast) for _n in range(4)]
    run = runs.begin(
        Verb.MAKE_SUBTASK, [t.pk for t in rest], by=cast.agent, keywords={"other": one}
    )
    one.refresh_from_db()
    assert len(run.done) == subtasks.open_parts(one) == 3
    in_order(cast)
    runs.undo(run, by=cast.agent)
    assert subtasks.open_parts(one) == 0
    in_order(cast)


def test_what_is_refused_leaves_the_other_ticket_as_it_was(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit is reached in the middle: what the refused ones had begun is not kept."""
    monkeypatch.setattr(subtasks, "MOST_SUBTASKS", 2)
    one, *rest = [taken(cast) for _n in range(5)]
    run = runs.begin(
        Verb.MAKE_SUBTASK, [t.pk for t in rest], by=cast.agent, keywords={"other": one}
    )
    assert (len(run.done), len(run.refused)) == (2, 2)
    in_order(cast)


def test_each_is_judged_for_itself(cast: Cast) -> None:
    one, mine, over = taken(cast), taken(cast), done(cast)
    foreign = order(cast, by=cast.stranger, department=cast.accounting)
    numbers = [mine.pk, over.pk, foreign.pk]
    assert foresee(Verb.MERGE, numbers, by=cast.agent).able == [mine.pk]
    run = runs.begin(Verb.MERGE, numbers, by=cast.agent, keywords={"other": one})
    assert [number for number, _seq in run.done] == [mine.pk]
    assert [row["why"] for row in run.refused] == ["not_now", "gone"]


def test_a_part_of_another_is_foreseen_to_stay(cast: Cast) -> None:
    whole, part = taken(cast), taken(cast)
    actions.make_subtask(part, by=cast.agent, other=whole)
    found = foresee(Verb.MAKE_SUBTASK, [part.pk], by=cast.agent)
    assert list(found.reasons) == ["It is a part of another ticket. Take it off there first."]


def test_the_other_alone_is_nothing_to_do(cast: Cast) -> None:
    one = taken(cast)
    with pytest.raises(Invalid, match="at least one"):
        runs.begin(Verb.MERGE, [one.pk], by=cast.agent, keywords={"other": one})


def test_a_long_run_ends_in_words_where_the_other_is_deleted_meanwhile(
    cast: Cast, monkeypatch: Any
) -> None:
    monkeypatch.setattr(runs, "AT_ONCE", 1)
    one, *rest = [taken(cast) for _n in range(3)]
    run = runs.begin(Verb.LINK, [t.pk for t in rest], by=cast.agent,
                     keywords={"other": one, "kind": "relates"})  # fmt: skip
    assert not run.is_finished
    actions.delete(one, by=cast.admin, reason="Так")
    run_one()
    run.refresh_from_db()
    assert run.is_finished
    assert {refusals.words(row) for row in run.refused} == {
        "The other ticket is not there any more."
    }
