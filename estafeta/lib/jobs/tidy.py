"""Forget jobs that nobody will ask about any more."""

from __future__ import annotations

import datetime

from django.utils import timezone

from estafeta.lib.jobs.models import Job, State

KEEP_SUCCEEDED = datetime.timedelta(days=7)
KEEP_FAILED = datetime.timedelta(days=90)


def tidy() -> int:
    """Delete old finished jobs and tell how many."""
    now = timezone.now()
    deleted = 0
    for state, age in ((State.SUCCEEDED, KEEP_SUCCEEDED), (State.FAILED, KEEP_FAILED)):
        deleted += Job.objects.filter(state=state, finished_at__lt=now - age).delete()[0]
    return deleted
