"""Claims: a worker takes due deliveries for as long as its lease runs, and nobody else does.

On PostgreSQL rows that another worker is just taking are passed over; on SQLite one writes at a
time. A claim reads a few entries at the beginning of an index, however long the queue is.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from estafeta.notifications.channels.channel import Channel
from estafeta.notifications.models import ChannelState, Delivery
from estafeta.notifications.models.delivery import DeliveryQuerySet
from estafeta.notifications.outbox import cards, pace
from estafeta.notifications.outbox.bundle import LEASE, Bundle
from estafeta.notifications.outbox.loading import loaded

SHARE = 4
"""One address gets no more than this part of a claim."""
WINDOW = 3
"""So many times as many rows are looked at, that other addresses are found behind a long one."""
MOST_GATHERED = 200
"""In one message; what is left travels in the next."""


class _Row(NamedTuple):
    pk: int
    address: str
    target: int | None
    person: int | None
    bundle: int | None

    @property
    def home(self) -> tuple[str, int | None, int | None]:
        """Equal for rows to one address of one receiver."""
        return self.address, self.target, self.person


_COLUMNS = ("pk", "address", "target", "person", "bundle")


def worker_name() -> str:
    """Name this process so that an administrator can find it."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def claim(channel: Channel, *, most: int, busy: Collection[str] = ()) -> list[Bundle]:
    """Take what is due, the longest waiting first; each counts as a try from now on.

    Nothing is taken for `busy` addresses: something hangs there already.
    """
    now = timezone.now()
    with transaction.atomic():
        granted = pace.take(channel, most)
        singles = _singles(channel, now, granted, busy)
        room = max(granted - len(singles), granted // SHARE)
        bundles = _gathered(channel, now, room, busy)
        excess = max(len(singles) + len(bundles) - granted, 0)
        singles = singles[: len(singles) - excess]
        pace.give_back(channel, granted - len(singles) - len(bundles))
        for first, members in bundles.items():
            Delivery.objects.filter(pk__in=members).update(bundle=Coalesce("bundle", first))
        taken = [*singles, *(pk for members in bundles.values() for pk in members)]
        Delivery.objects.filter(pk__in=taken).update(
            attempts=F("attempts") + 1, worker=worker_name(), next_attempt_at=now + LEASE
        )
    rows = loaded(taken)
    cards.follow(channel, rows.values())
    groups = [[pk] for pk in singles] + list(bundles.values())
    # One may have been purged with its ticket just now.
    found = ([rows[pk] for pk in group if pk in rows] for group in groups)
    return [_bundle(channel, members) for members in found if members]


def _due(channel: Channel, now: datetime, busy: Collection[str]) -> DeliveryQuerySet:
    rows = Delivery.objects.due(now).filter(channel=channel.name)
    return rows.exclude(address__in=busy) if busy else rows


def _singles(channel: Channel, now: datetime, most: int, busy: Collection[str]) -> list[int]:
    if most <= 0:
        return []
    rows = _due(channel, now, busy).gathered(False).select_for_update(skip_locked=True)
    found = list(rows.values_list("pk", "address")[:most])
    chosen = _shared_out(found, most)
    if len(chosen) < len(found) == most:  # the queue begins with very many for one address
        chosen = _shared_out(list(rows.values_list("pk", "address")[: most * WINDOW]), most)
    return chosen


def _shared_out(rows: Sequence[tuple[int, str]], most: int) -> list[int]:
    share, counts, chosen = max(1, most // SHARE), dict[str, int](), list[int]()
    for pk, address in rows:
        counts[address] = counts.get(address, 0) + 1
        if counts[address] <= share and len(chosen) < most:
            chosen.append(pk)
    return chosen


def _gathered(
    channel: Channel, now: datetime, most: int, busy: Collection[str]
) -> dict[int, list[int]]:
    """Give ids of what travels together, by the id that names the message."""
    due = _due(channel, now, busy).gathered(True)
    # In order, and so along the index: without one PostgreSQL may look for any row in all of them.
    if most <= 0 or not due.values_list("pk")[:1]:
        return {}
    # One worker at a time: two would make two messages of what belongs into one.
    list(ChannelState.objects.select_for_update().filter(channel=channel.name))
    found: dict[int, list[int]] = {}
    homes = set()
    for row in map(_Row._make, due.values_list(*_COLUMNS)[: most * WINDOW * SHARE]):
        home = (row.home, row.bundle)
        if home in homes or len(found) == most:
            continue
        homes.add(home)
        members = _members(channel, now, row)
        if members:
            found[row.bundle or min(members)] = members
    return found


def _members(channel: Channel, now: datetime, row: _Row) -> list[int]:
    """Those of before, if it has travelled already; else all that are due for the same address."""
    rows = Delivery.objects.queued().filter(
        channel=channel.name, address=row.address, target=row.target, person=row.person,
        is_gathered=True,
    )  # fmt: skip
    # Not those that are in somebody's hand, as when one of them alone is tried again.
    free = Q(worker="") | Q(next_attempt_at__lte=now)
    same = free & Q(bundle=row.bundle) if row.bundle else Q(bundle=None, next_attempt_at__lte=now)
    return list(rows.filter(same).order_by("pk").values_list("pk", flat=True)[:MOST_GATHERED])


def _bundle(channel: Channel, rows: list[Delivery]) -> Bundle:
    return Bundle(rows, channel.place_of(rows[0]))
