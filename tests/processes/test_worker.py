"""A real worker process: it is woken, it survives nothing and loses nothing."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.installation import Installation, eventually, installation

pytestmark = [pytest.mark.service, pytest.mark.slow]

ENQUEUE = (
    "from estafeta.lib.jobs.tests.sample_tasks import leave_marks; leave_marks.enqueue({!r}, {})"
)
END_THE_LEASE = (
    "from django.utils import timezone; from estafeta.lib.jobs.models import Job; "
    "Job.objects.filter(task__endswith='leave_marks').update(due_at=timezone.now())"
)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path) as made:
        yield made


def marks(path: Path) -> list[str]:
    return path.read_text().split() if path.exists() else []


def test_a_killed_workers_job_runs_again_when_the_lease_is_over(
    made: Installation, tmp_path: Path
) -> None:
    path = tmp_path / "marks"
    made.python(ENQUEUE.format(str(path), 6))
    worker = made.start("worker")
    eventually(lambda: marks(path) == ["start"], what="the start of the job")
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    made.start("worker")
    time.sleep(2)
    assert marks(path) == ["start"], "the lease still runs"
    made.python(END_THE_LEASE)
    eventually(lambda: marks(path) == ["start", "start"], what="the second run")


def test_a_worker_that_is_told_to_stop_finishes_what_it_does(
    made: Installation, tmp_path: Path
) -> None:
    path = tmp_path / "marks"
    made.python(ENQUEUE.format(str(path), 2))
    worker = made.start("worker")
    eventually(lambda: marks(path) == ["start"], what="the start of the job")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(15) == 0
    assert marks(path) == ["start", "end"]


def test_two_workers_share_the_work_and_the_timetable(made: Installation, tmp_path: Path) -> None:
    path = tmp_path / "marks"
    for _ in range(2):
        made.start("worker")
    made.python(
        "from estafeta.lib.jobs.tests.sample_tasks import leave_marks\n"
        f"for _ in range(20): leave_marks.enqueue({str(path)!r}, 0.01)"
    )
    eventually(lambda: marks(path).count("end") == 20, what="the end of the work")
    time.sleep(0.5)
    assert marks(path).count("start") == 20
    counted = made.python(
        "from collections import Counter; from estafeta.lib.jobs.models import Job\n"
        "keys = Job.objects.exclude(dedup_key=None).values_list('dedup_key', flat=True)\n"
        "print(len(keys) > 2, max(Counter(keys).values()))"
    )
    assert counted.strip() == "True 1"


def test_the_doctor_tells_whether_a_worker_is_at_work(made: Installation) -> None:
    assert "LOOK  Worker                 none is running" in made.run("doctor", ok=False)
    made.start("worker")
    eventually(
        lambda: "ok    Worker                 at work" in made.run("doctor", ok=False),
        what="a sign of life",
    )
    said = made.run("doctor", ok=False)
    assert "as this version needs it" in said
    assert "no mail is sent" in said
