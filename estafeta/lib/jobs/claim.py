"""How workers share the table: each job is taken by one, for as long as its lease runs."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from estafeta.lib.jobs.models import Job, JobQuerySet, State

LEASE = datetime.timedelta(seconds=30)


def claim(*, worker: str, lease: datetime.timedelta = LEASE) -> Job | None:
    """Take the most urgent due job, or give None."""
    now = timezone.now()
    # Asked outside the transaction first: an idle worker must not take SQLite's write lock.
    if not Job.objects.due(now).exists():
        return None
    with transaction.atomic():
        job = Job.objects.due(now).select_for_update(skip_locked=True).first()
        if job is None:
            return None
        if job.state == State.RUNNING and job.attempts >= job.max_attempts:
            job.state, job.finished_at = State.FAILED, now
            job.last_error = f"Worker {job.worker} ended in the middle of the last try."
            job.save(update_fields=["state", "finished_at", "last_error"])
            return None
        job.state, job.worker, job.started_at = State.RUNNING, worker, now
        job.attempts += 1
        job.due_at = now + lease
        job.save(update_fields=["state", "worker", "started_at", "attempts", "due_at"])
    return job


def renew(job: Job, *, lease: datetime.timedelta = LEASE) -> bool:
    """Keep a running job; False if its lease ran out and another worker has it."""
    return bool(_mine(job).update(due_at=timezone.now() + lease))


def settle(job: Job, **changes: object) -> bool:
    """Write how a try ended, unless another worker has the job by now."""
    return bool(_mine(job).update(**changes))


def _mine(job: Job) -> JobQuerySet:
    return Job.objects.filter(
        pk=job.pk, state=State.RUNNING, worker=job.worker, attempts=job.attempts
    )
