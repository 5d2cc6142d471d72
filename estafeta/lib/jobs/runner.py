"""Run one job: renew its lease while it works, write down how it ended."""

from __future__ import annotations

import datetime
import logging
import os
import random
import socket
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks.base import TaskContext
from django_tasks.utils import normalize_json

from estafeta.lib.jobs import claim
from estafeta.lib.jobs.models import Job, State
from estafeta.lib.jobs.tasks import task_at

log = logging.getLogger(__name__)

FIRST_DELAY = 10.0
LONGEST_DELAY = 3600.0


def worker_name() -> str:
    """Name this process so that an administrator can find it."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def run_one(*, worker: str | None = None, lease: datetime.timedelta = claim.LEASE) -> int:
    """Take a due job and run it; tell how many were run (0 or 1)."""
    job = claim.claim(worker=worker or worker_name(), lease=lease)
    if job is None:
        return 0
    try:
        with _renewing(job, lease):
            result = _call(job)
    except Exception:
        _failed(job, traceback.format_exc())
    else:
        claim.settle(
            job,
            state=State.SUCCEEDED,
            result=result,
            finished_at=timezone.now(),
            last_error="",
        )
    return 1


def delay_after(attempts: int) -> datetime.timedelta:
    """Wait twice as long after each failure, unevenly, so that failed jobs do not return at once."""
    seconds = min(FIRST_DELAY * 2 ** (attempts - 1), LONGEST_DELAY)
    return datetime.timedelta(seconds=seconds * random.uniform(0.8, 1.2))


def _call(job: Job) -> object:
    task = task_at(job.task)
    if task.takes_context:
        context = TaskContext(task_result=task.get_backend().get_result(str(job.pk)))
        return normalize_json(task.call(context, *job.args, **job.kwargs))
    return normalize_json(task.call(*job.args, **job.kwargs))


def _failed(job: Job, error: str) -> None:
    now = timezone.now()
    log.error("%s failed, try %s of %s\n%s", job, job.attempts, job.max_attempts, error)
    if job.attempts < job.max_attempts:
        claim.settle(
            job, state=State.READY, due_at=now + delay_after(job.attempts), last_error=error
        )
    else:
        claim.settle(job, state=State.FAILED, finished_at=now, last_error=error)


@contextmanager
def _renewing(job: Job, lease: datetime.timedelta) -> Iterator[None]:
    finished = threading.Event()

    def renew() -> None:
        try:
            while not finished.wait(lease.total_seconds() / 3):
                # A database that is away for a moment is asked again before the lease ends.
                with suppress(DatabaseError):
                    if not claim.renew(job, lease=lease):
                        log.warning("%s was taken over by another worker", job)
                        return
        finally:
            connection.close()

    thread = threading.Thread(target=renew, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        finished.set()
        thread.join()
