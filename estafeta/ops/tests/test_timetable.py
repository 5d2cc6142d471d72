"""What runs when."""

import datetime
from collections import Counter

import pytest
import time_machine
from django.utils.module_loading import import_string

from estafeta.lib.jobs.models import Job, State
from estafeta.lib.jobs.runner import run_one
from estafeta.ops import timetable, worker
from estafeta.ops.timetable import TIMETABLE, Planner, Row, daily, minutes

NOON = datetime.datetime(2026, 11, 24, 12, 3, 20, tzinfo=datetime.UTC)


@pytest.mark.parametrize("row", TIMETABLE, ids=lambda row: row.name)
def test_every_row_names_a_function(row: Row) -> None:
    assert callable(import_string(row.run))


@pytest.mark.parametrize("path", worker.STEPS)
def test_every_step_of_the_worker_is_a_function(path: str) -> None:
    assert callable(import_string(path))


def test_names_are_unique() -> None:
    assert max(Counter(row.name for row in TIMETABLE).values()) == 1


def test_a_row_is_due_at_round_times() -> None:
    assert Row("a", minutes(10), "").due(NOON) == NOON.replace(minute=0, second=0)
    assert Row("a", daily, "", datetime.timedelta(hours=2)).due(NOON) == NOON.replace(
        hour=2, minute=0, second=0
    )
    assert Row("a", daily, "", datetime.timedelta(hours=13)).due(NOON) == NOON.replace(
        day=23, hour=13, minute=0, second=0
    )


@pytest.mark.django_db
def test_each_row_is_planned_once_however_many_planners_there_are() -> None:
    with time_machine.travel(NOON, tick=False):
        first, second = Planner(), Planner()
        assert first.plan() == len(TIMETABLE)
        assert first.plan() == 0
        second.plan()
    assert Job.objects.count() == len(TIMETABLE)
    with time_machine.travel(NOON + minutes(1), tick=False):
        first.plan()
        second.plan()
    frequent = sum(row.every == minutes(1) for row in TIMETABLE)
    assert Job.objects.count() == len(TIMETABLE) + frequent


@pytest.mark.django_db(transaction=True)
def test_a_planned_row_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    row = Row("Count sheep", minutes(5), "estafeta.ops.tests.test_timetable.count_a_sheep")
    monkeypatch.setattr(timetable, "TIMETABLE", (row,))
    before = len(SHEEP)
    Planner().plan()
    assert run_one() == 1
    assert Job.objects.get().state == State.SUCCEEDED
    assert len(SHEEP) == before + 1


SHEEP: list[int] = []


def count_a_sheep() -> None:
    SHEEP.append(1)
