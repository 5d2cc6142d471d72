"""From the journal to the bell: each entry is told once to everybody whom it concerns.

The rows of one batch and the mark "read up to here" are written in one transaction, so a worker may
die anywhere: the batch was told or it was not. The mark's row is locked meanwhile, so that several
workers do not tell the same twice, and ids of notifications follow the order of commits.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from estafeta.lib import nudge
from estafeta.notifications import storm
from estafeta.notifications.departures import Departures
from estafeta.notifications.hearers import hearers
from estafeta.notifications.ladder import climbing
from estafeta.notifications.models import Delivery, Notification, Progress
from estafeta.notifications.outside import targets_outside
from estafeta.notifications.queueing import to_outside, to_people
from estafeta.notifications.scene import scenes
from estafeta.notifications.storm import Group, Storm
from estafeta.tickets.models import Entry

MOST_ENTRIES = 100
MOST_RECIPIENTS = 500
"""A batch ends soon after so many, that on SQLite others need not wait long to write."""


def run_once() -> int:
    """Tell of the next entries; how many it were."""
    start = _position()
    # Not joined: SQLite may begin a join at the tickets, and read all of them each second.
    rows = Entry.objects.filter(pk__gt=start).order_by("pk")
    entries = list(rows.prefetch_related("ticket", "comment")[:MOST_ENTRIES])
    if not entries:
        return 0
    handled, hearing = hearers(scenes(entries), most=MOST_RECIPIENTS)
    entries = entries[:handled]
    weather = Storm.around(entries)
    departures, outside = Departures(hearing), targets_outside(entries)
    now = timezone.now()
    with transaction.atomic():
        progress = _lock()
        if progress.entry != start:  # another worker was quicker
            return 0
        groups = weather.groups(hearing.told)
        storm.still_growing(groups)
        new = [group for group in groups if group.row is None]
        made = Notification.objects.bulk_create(_notification(one, departures, now) for one in new)
        storm.include(groups, made, now)
        Delivery.objects.bulk_create(
            [*to_people(new, made, departures, now), *to_outside(outside, weather.runs, now)]
        )
        climbing.follow(entries)
        progress.entry = entries[-1].pk
        progress.save(update_fields=["entry"])
        nudge.ring("notification")
    return handled


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


def _notification(group: Group, departures: Departures, now: datetime) -> Notification:
    first = group.told[0]
    return Notification(
        person=first.person, entry=first.entry, ticket=first.entry.ticket, created_at=now,
        is_quiet=departures.is_quiet(first), stands_in_for_id=first.stands_in_for,
        amount=len(group.told),
    )  # fmt: skip
