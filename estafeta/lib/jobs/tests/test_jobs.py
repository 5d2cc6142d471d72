"""Enqueue, claim, retry, give up: one process, time turned by hand."""

import datetime
from typing import cast

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django_tasks import default_task_backend
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from estafeta.lib.jobs import claim, runner
from estafeta.lib.jobs.backend import TableTask
from estafeta.lib.jobs.models import Job, State
from estafeta.lib.jobs.tests.sample_tasks import add, break_down, say_try
from estafeta.lib.jobs.tidy import tidy

pytestmark = pytest.mark.django_db(transaction=True)

MINUTE = datetime.timedelta(minutes=1)


def run_all() -> int:
    """Run what is due and tell how many."""
    count = 0
    while runner.run_one():
        count += 1
    return count


def test_a_job_runs_once_and_keeps_its_result() -> None:
    result = add.enqueue(2, right=3)
    assert result.status == TaskResultStatus.READY
    assert run_all() == 1
    result.refresh()
    assert result.status == TaskResultStatus.SUCCESSFUL
    assert result.return_value == 5
    assert run_all() == 0


def test_a_job_is_enqueued_only_if_the_transaction_is() -> None:
    with transaction.atomic():
        add.enqueue(1, 1)
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_a_job_waits_for_its_time() -> None:
    add.using(run_after=timezone.now() + 5 * MINUTE).enqueue(1, 1)
    assert run_all() == 0
    with time_machine.travel(timezone.now() + 6 * MINUTE):
        assert run_all() == 1


def test_the_more_urgent_job_goes_first() -> None:
    add.enqueue(1, 1)
    add.using(priority=10).enqueue(2, 2)
    runner.run_one()
    assert Job.objects.get(state=State.SUCCEEDED).args == [2, 2]


def test_a_failed_job_is_tried_again_later_and_then_given_up() -> None:
    result = break_down.enqueue("the printer is on fire")
    assert run_all() == 1
    job = Job.objects.get()
    assert job.state == State.READY
    assert "ValueError: the printer is on fire" in job.last_error
    assert datetime.timedelta(seconds=7) < job.due_at - timezone.now() < 2 * MINUTE
    with time_machine.travel(timezone.now() + 2 * MINUTE):
        assert run_all() == 1
    result.refresh()
    assert result.status == TaskResultStatus.FAILED
    assert "the printer is on fire" in result.errors[0].traceback


def test_the_wait_doubles_up_to_an_hour() -> None:
    assert 8 <= runner.delay_after(1).total_seconds() <= 12
    assert 32 <= runner.delay_after(3).total_seconds() <= 48
    assert runner.delay_after(30).total_seconds() <= 1.2 * 3600


def test_the_task_may_know_which_try_it_is() -> None:
    result = say_try.enqueue()
    run_all()
    result.refresh()
    assert result.return_value == 1


def test_a_key_keeps_a_second_job_out() -> None:
    keyed = cast(TableTask, add).only_once("report 2026-11")
    first, second = keyed.enqueue(1, 1), keyed.enqueue(1, 1)
    assert first.id == second.id
    run_all()
    keyed.enqueue(1, 1)
    assert Job.objects.count() == 1


def test_a_running_job_is_taken_by_nobody_else_until_its_lease_ends() -> None:
    add.enqueue(1, 1)
    first = claim.claim(worker="a")
    assert first is not None
    assert claim.claim(worker="b") is None
    with time_machine.travel(timezone.now() + MINUTE):
        second = claim.claim(worker="b")
    assert second is not None
    assert second.attempts == 2
    assert not claim.renew(first)
    assert not claim.settle(first, state=State.FAILED)
    assert claim.settle(second, state=State.SUCCEEDED)


def test_a_job_that_kills_its_workers_is_given_up() -> None:
    break_down.enqueue("")
    now = timezone.now()
    for minutes in (0, 1):
        with time_machine.travel(now + minutes * MINUTE, tick=False):
            assert claim.claim(worker="mortal")
    with time_machine.travel(now + 3 * MINUTE):
        assert claim.claim(worker="c") is None
    job = Job.objects.get()
    assert job.state == State.FAILED
    assert "Worker mortal ended" in job.last_error


def test_a_row_cannot_call_what_is_not_a_task() -> None:
    Job.objects.create(task="os.system", args=["true"], max_attempts=1)
    run_all()
    assert "is not a task" in Job.objects.get().last_error


def test_an_unknown_job_does_not_exist() -> None:
    with pytest.raises(TaskResultDoesNotExist):
        default_task_backend.get_result("12345")


def test_old_finished_jobs_are_forgotten_and_others_kept() -> None:
    add.enqueue(1, 1)
    run_all()
    add.enqueue(2, 2)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8)):
        assert tidy() == 1
    assert Job.objects.get().args == [2, 2]
