"""From the journal to the bell: each entry is told once to everybody whom it concerns.

The rows of one batch and the mark "read up to here" are written in one transaction, so a worker may
die anywhere: the batch was told or it was not. The mark's row is locked meanwhile, so that several
workers do not tell the same twice, and ids of notifications follow the order of commits.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import Max
from django.utils import timezone

from estafeta.accounts.models import Person
from estafeta.accounts.standing import Standing
from estafeta.lib import nudge
from estafeta.notifications import audience, channel_settings
from estafeta.notifications.models import Delivery, Notification, Progress
from estafeta.notifications.scene import Scene, scenes
from estafeta.tickets.models import Entry

log = logging.getLogger(__name__)

MOST_ENTRIES = 100
MOST_RECIPIENTS = 500
"""A batch ends soon after so many, that on SQLite others need not wait long to write."""
KEPT_TRYING = timedelta(days=3)

Told = tuple[Entry, Person]


def run_once() -> int:
    """Tell of the next entries; how many it were."""
    start = _position()
    rows = Entry.objects.filter(pk__gt=start).order_by("pk")
    entries = list(rows.select_related("ticket", "comment")[:MOST_ENTRIES])
    if not entries:
        return 0
    handled, told = _whom_to_tell(scenes(entries))
    return handled if _tell(start, entries[handled - 1].pk, told) else 0


def skip_history() -> None:
    """Consider everything in the journal as told: for history that was loaded, not lived."""
    with transaction.atomic():
        _lock()
        newest = Entry.objects.aggregate(newest=Max("pk"))["newest"] or 0
        Progress.objects.update(entry=newest)


def _position() -> int:
    return Progress.objects.values_list("entry", flat=True).first() or 0


def _lock() -> Progress:
    Progress.objects.get_or_create(pk=1)
    return Progress.objects.select_for_update().get(pk=1)


def _whom_to_tell(batch: Sequence[Scene]) -> tuple[int, list[Told]]:
    """Give the number of entries that make up the batch, and who hears of which."""
    named: list[list[int]] = []
    for scene in batch:
        if sum(map(len, named)) >= MOST_RECIPIENTS:
            break
        named.append(_candidates(scene))
    wanted = {pk for candidates in named for pk in candidates}
    people = {person.pk: person for person in Person.objects.filter(pk__in=wanted)}
    standings = Standing.of_all(people.values())
    told = [
        (scene.entry, person)
        for scene, candidates in zip(batch, named, strict=False)
        for person in (people[pk] for pk in candidates if pk in people)
        if audience.hears(person, standings[person.pk], scene.entry, scene.present)
    ]
    return len(named), told


def _candidates(scene: Scene) -> list[int]:
    try:
        return audience.candidates(scene)
    except DatabaseError:
        raise
    except Exception:  # one entry that cannot be understood must not silence all that follow
        log.exception("Nobody is told of entry %s", scene.entry.pk)
        return []


def _tell(start: int, end: int, told: Sequence[Told]) -> bool:
    now, channels = timezone.now(), channel_settings.ready()
    with transaction.atomic():
        progress = _lock()
        if progress.entry != start:  # another worker was quicker
            return False
        rows = Notification.objects.bulk_create(
            Notification(person=person, entry=entry, ticket=entry.ticket, created_at=now)
            for entry, person in told
        )
        Delivery.objects.bulk_create(
            Delivery(
                notification=row, person=person, channel=name, address=target.shown,
                target=target.address, created_at=now, next_attempt_at=now,
                expires_at=entry.at + KEPT_TRYING,
            )
            for row, (entry, person) in zip(rows, told, strict=True)
            if entry.at + KEPT_TRYING > now
            for name, channel in channels.items()
            for target in channel.targets_of(person, ())
        )  # fmt: skip
        progress.entry = end
        progress.save(update_fields=["entry"])
        nudge.ring("notification")
    return True
