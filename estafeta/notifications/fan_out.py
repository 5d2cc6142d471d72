"""From the journal to the bell: each entry is told once to everybody whom it concerns.

The rows of one batch and the mark "read up to here" are written in one transaction, so a worker may
die anywhere: the batch was told or it was not. The mark's row is locked meanwhile, so that several
workers do not tell the same twice, and ids of notifications follow the order of commits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from estafeta.lib import nudge
from estafeta.notifications import channel_settings, storm
from estafeta.notifications.departures import Departures
from estafeta.notifications.hearers import hearers
from estafeta.notifications.ladder import climbing
from estafeta.notifications.models import Delivery, Notification, Progress
from estafeta.notifications.outgoing import Outgoing
from estafeta.notifications.outside import targets_outside
from estafeta.notifications.runs_behind import Runs
from estafeta.notifications.scene import scenes
from estafeta.notifications.storm import Group, Storm
from estafeta.tickets.models import Entry

MOST_ENTRIES = 100
MOST_RECIPIENTS = 500
"""A batch ends soon after so many, that on SQLite others need not wait long to write."""
KEPT_TRYING = timedelta(days=3)


def run_once() -> int:
    """Tell of the next entries; how many it were."""
    start = _position()
    rows = Entry.objects.filter(pk__gt=start).order_by("pk")
    entries = list(rows.select_related("ticket", "comment")[:MOST_ENTRIES])
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
            [*_personal(new, made, departures, now), *_outside(outside, weather.runs, now)]
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


def _personal(
    new: Sequence[Group], made: Sequence[Notification], departures: Departures, now: datetime
) -> Iterator[Delivery]:
    for group, row in zip(new, made, strict=True):
        first = group.told[0]
        if first.entry.at + KEPT_TRYING <= now:
            continue
        for one in departures.of(first, now):
            earliest = now + storm.SETTLE if group.is_summary else now
            leaves_at = max(one.leaves_at, earliest)
            yield Delivery(
                notification=row, person=row.person, channel=one.channel, address=one.shown,
                target=one.target.address, created_at=now, next_attempt_at=leaves_at,
                is_gathered=leaves_at > now,
                expires_at=(leaves_at if leaves_at > now else first.entry.at) + KEPT_TRYING,
            )  # fmt: skip


def _outside(found: Sequence[Outgoing], runs: Runs, now: datetime) -> Iterator[Delivery]:
    channels = channel_settings.ready()
    for one in found:
        entry = one.entry
        if one.channel not in channels or entry.at + KEPT_TRYING <= now:
            continue
        waits = one.may_wait and runs.of(entry.ticket_id, entry.seq, entry.verb) is not None
        yield Delivery(
            entry=entry, channel=one.channel, address=one.target.shown, target=one.target.address,
            created_at=now, next_attempt_at=now + storm.SETTLE if waits else now,
            is_gathered=waits, expires_at=entry.at + KEPT_TRYING,
        )  # fmt: skip
