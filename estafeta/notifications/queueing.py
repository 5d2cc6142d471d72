"""Rows of the ledger for what was just told: one for each message that will leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from estafeta.notifications import channel_settings, storm
from estafeta.notifications.departures import Departures
from estafeta.notifications.models import Delivery, Notification
from estafeta.notifications.outgoing import Outgoing
from estafeta.notifications.runs_behind import Runs
from estafeta.notifications.storm import Group

KEPT_TRYING = timedelta(days=3)


def to_people(
    new: Sequence[Group], made: Sequence[Notification], departures: Departures, now: datetime
) -> Iterator[Delivery]:
    """For the notifications just made: by every way each person wishes, when he wishes it."""
    for group, row in zip(new, made, strict=True):
        first = group.told[0]
        if first.entry.at + KEPT_TRYING <= now:
            continue
        for one in departures.of(group.told, now):
            earliest = now + storm.SETTLE if group.is_summary else now
            leaves_at = max(one.leaves_at, earliest)
            yield Delivery(
                notification=row, person=row.person, channel=one.channel, address=one.shown,
                target=one.target.address, created_at=now, next_attempt_at=leaves_at,
                is_gathered=leaves_at > now,
                expires_at=(leaves_at if leaves_at > now else first.entry.at) + KEPT_TRYING,
            )  # fmt: skip


def to_outside(found: Sequence[Outgoing], runs: Runs, now: datetime) -> Iterator[Delivery]:
    """For addresses of departments and other systems."""
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
