"""The `django_tasks` backend that puts tasks into the table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

from django.utils import timezone
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json

from estafeta.lib import nudge
from estafeta.lib.jobs.models import Job, State
from estafeta.lib.jobs.tasks import task_at

STATUSES = {
    State.READY: TaskResultStatus.READY,
    State.RUNNING: TaskResultStatus.RUNNING,
    State.SUCCEEDED: TaskResultStatus.SUCCESSFUL,
    State.FAILED: TaskResultStatus.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTask(Task[Any, Any]):
    """A task that may say how often it is tried: `@task(max_attempts=3)`."""

    max_attempts: int = 8
    dedup_key: str | None = None

    def only_once(self, key: str) -> Self:
        """Enqueue nothing if a job with this key is in the table already."""
        return replace(self, dedup_key=key)


class TableBackend(BaseTaskBackend):
    """Enqueue within the current transaction; a worker is woken when it commits."""

    task_class = TableTask
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Put one call into the table, or find the one that has its key."""
        self.validate_task(task)
        key = getattr(task, "dedup_key", None)
        job = Job(
            task=task.module_path,
            args=normalize_json(list(args)),
            kwargs=normalize_json(kwargs),
            priority=task.priority,
            due_at=task.run_after or timezone.now(),
            max_attempts=getattr(task, "max_attempts", TableTask.max_attempts),
            dedup_key=key,
        )
        if key is None:
            job.save(force_insert=True)
        else:
            Job.objects.bulk_create([job], ignore_conflicts=True)
            job = Job.objects.get(dedup_key=key)
        nudge.ring("jobs")
        return self._result(job)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """Tell how a job stands."""
        try:
            return self._result(Job.objects.get(pk=int(result_id)))
        except (Job.DoesNotExist, ValueError) as missing:
            raise TaskResultDoesNotExist(result_id) from missing

    def _result(self, job: Job) -> TaskResult[Any]:
        result: TaskResult[Any] = TaskResult(
            task=task_at(job.task),
            id=str(job.pk),
            status=STATUSES[State(job.state)],
            enqueued_at=job.enqueued_at,
            started_at=job.started_at,
            finished_at=job.finished_at,
            last_attempted_at=job.started_at,
            args=job.args,
            kwargs=job.kwargs,
            backend=self.alias,
            errors=[TaskError(exception_class_path="builtins.Exception", traceback=job.last_error)]
            if job.last_error
            else [],
            worker_ids=[job.worker] * job.attempts,
        )
        object.__setattr__(result, "_return_value", job.result)
        return result
