"""The one table of background work. Who takes a job is in `claim.py`, who runs it in `runner.py`."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone


class State(models.TextChoices):
    """Where a job stands."""

    READY = "ready"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


UNFINISHED = (State.READY, State.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    """Choices of jobs."""

    def unfinished(self) -> JobQuerySet:
        """Choose what still has to be done."""
        return self.filter(state__in=UNFINISHED)

    def due(self, now: datetime.datetime) -> JobQuerySet:
        """Choose what a worker may take now, the most urgent first."""
        return self.unfinished().filter(due_at__lte=now).order_by("-priority", "due_at", "id")


class Job(models.Model):
    """One call of a task."""

    task = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.READY)
    # The planned time, the time of the next try, or, while it runs, the end of the worker's lease:
    # in each case the moment from which a worker may take it.
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=8)
    dedup_key = models.CharField(max_length=200, null=True, unique=True)
    worker = models.CharField(max_length=100, blank=True)
    last_error = models.TextField(blank=True)
    result = models.JSONField(null=True)
    enqueued_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=UNFINISHED),
                name="jobs_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} #{self.pk}"
