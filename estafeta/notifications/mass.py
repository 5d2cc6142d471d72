"""Announcements that are sent as messages: everybody they are for gets a row of the ledger.

The readers are queued some hundred at a time, each batch and how far it got in one transaction, so
that a worker may die anywhere and nobody is written to twice.
"""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from estafeta.accounts.announcement_readers import readers_of
from estafeta.accounts.models import Announcement
from estafeta.accounts.models.announcement import Level
from estafeta.accounts.standing import Standing
from estafeta.lib.jobs.backend import TableTask
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import Delivery, MassMessage
from estafeta.notifications.reach import Reach
from estafeta.notifications.wishes import Chosen

BATCH = 300
KEPT_TRYING = timedelta(days=3)


def tell_due() -> int:
    """Queue the messages of announcements whose time has come; how many rows it were."""
    now = timezone.now()
    due = Announcement.objects.not_over(now).filter(is_sent=True, starts_at__lte=now)
    due = due.filter(Q(mass_message=None) | Q(mass_message__finished_at=None))
    return sum(_tell(row) for row in due.order_by("pk"))


def tell_soon() -> None:
    """Somebody has announced something: do not wait for the minute."""
    cast(TableTask, tell).enqueue()


@task(max_attempts=4)
def tell() -> None:
    """Queue what is due."""
    tell_due()


def _tell(announcement: Announcement) -> int:
    count = 0
    while True:
        queued, is_finished = _some(announcement)
        count += queued
        if is_finished:
            return count


def _some(announcement: Announcement) -> tuple[int, bool]:
    now = timezone.now()
    with transaction.atomic():
        MassMessage.objects.get_or_create(announcement=announcement)
        progress = MassMessage.objects.select_for_update().get(announcement=announcement)
        if progress.finished_at is not None:  # another worker was quicker
            return 0, True
        everybody = readers_of(announcement)
        people = list(everybody.filter(pk__gt=progress.after).order_by("pk")[:BATCH])
        reach = Reach(people, Standing.of_all(people))
        rows = [
            Delivery(
                announcement=announcement, person=person, channel=name, address=shown,
                target=target.address, created_at=now, next_attempt_at=now,
                expires_at=now + KEPT_TRYING,
            )
            for person in people
            for name, channel in reach.channels.items()
            if _is_sent(announcement, name, reach.chosen[person.pk])
            for target, shown in reach.targets(person, channel)
        ]  # fmt: skip
        # Two people with one address read one letter.
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        if people:
            progress.after = people[-1].pk
        if len(people) < BATCH:
            progress.finished_at = now
        progress.save()
    return len(rows), len(people) < BATCH


def _is_sent(announcement: Announcement, channel: str, chosen: Chosen) -> bool:
    """As the reader wishes; a warning comes by mail whatever he wishes."""
    must = channel == "mail" and announcement.level != Level.INFO
    return must or chosen.wants(Kind.ANNOUNCED, channel)
