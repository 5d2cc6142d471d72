"""From the changes of the chat to the ledger: one message for all that is written until it leaves.

As for the journal, rows of one batch and the mark "read up to here" are written in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from estafeta.chat.models import Change, ChangeKind, Message
from estafeta.lib import nudge
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import Delivery, Progress, TalkCall
from estafeta.notifications.talks.departures import Departure, Departures
from estafeta.notifications.talks.hearing import calls_of

NOTICE = "talk"
MOST_CHANGES = 200
KEPT_TRYING = timedelta(days=1)
ASKED_LASTS = timedelta(minutes=20)
BETWEEN_LETTERS = timedelta(minutes=30)
"""Of one room; a long evening of talk is not a letter every three minutes."""


class Key(NamedTuple):
    """What makes one message of many."""

    person: int
    room: int
    channel: str
    kind: str


def run_once() -> int:
    """Tell of the next changes; how many it were."""
    start = _position()
    rows = list(
        Change.objects.filter(pk__gt=start).order_by("pk")
        .values_list("pk", "kind", "message")[:MOST_CHANGES]
    )  # fmt: skip
    if not rows:
        return 0
    written = [pk for _id, kind, pk in rows if pk and kind == ChangeKind.WRITTEN]
    messages = _messages(written)
    calls = calls_of(messages)
    now = timezone.now()
    fresh = [one for one in calls.all() if one.message.written_at + KEPT_TRYING > now]
    departures = Departures(fresh, calls.standings)
    leaving = [departure for one in fresh for departure in departures.of(one, now)]
    with transaction.atomic():
        progress = _lock()
        if progress.change != start:  # another worker was quicker
            return 0
        Delivery.objects.bulk_create(_deliveries(leaving, now))
        progress.change = rows[-1][0]
        progress.save(update_fields=["change"])
        nudge.ring("talk")
    return len(rows)


def _messages(ids: Sequence[int]) -> list[Message]:
    if not ids:
        return []
    rows = Message.objects.filter(pk__in=ids, deleted_at=None).order_by("pk")
    return list(rows.select_related("room", "author"))


def _deliveries(leaving: Sequence[Departure], now: datetime) -> list[Delivery]:
    """For those ways by which nothing about the room waits to leave already."""
    rows = TalkCall.objects.filter(
        person__in={one.person.pk for one in leaving},
        room__in={one.message.room_id for one in leaving},
    )
    calls = {Key(row.person_id, row.room_id, row.channel, row.kind): row for row in rows}
    made: list[Delivery] = []
    fresh: dict[Key, tuple[int, datetime]] = {}
    for one in leaving:
        key = Key(one.person.pk, one.message.room_id, one.channel, one.kind.value)
        if key not in fresh:
            call = calls.get(key)
            if call is not None and call.leaves_at > now:
                continue
            fresh[key] = one.message.pk, _not_too_soon(one, call)
        since, leaves_at = fresh[key]
        if since == one.message.pk:  # once for each of his addresses, not for later messages
            made.append(_delivery(one, since, leaves_at, now))
    _remember(fresh)
    return made


def _not_too_soon(one: Departure, call: TalkCall | None) -> datetime:
    if call is None or one.channel != "mail":
        return one.leaves_at
    return max(one.leaves_at, call.leaves_at + BETWEEN_LETTERS)


def _remember(fresh: dict[Key, tuple[int, datetime]]) -> None:
    TalkCall.objects.bulk_create(
        _calls(fresh), update_conflicts=True, update_fields=["since", "leaves_at"],
        unique_fields=["person", "room", "channel", "kind"],
    )  # fmt: skip


def _calls(fresh: dict[Key, tuple[int, datetime]]) -> Iterator[TalkCall]:
    for key, (since, leaves_at) in fresh.items():
        yield TalkCall(
            person_id=key.person, room_id=key.room, channel=key.channel, kind=key.kind,
            since=since, leaves_at=leaves_at,
        )  # fmt: skip


def _delivery(one: Departure, since: int, leaves_at: datetime, now: datetime) -> Delivery:
    facts = {"name": NOTICE, "room": one.message.room_id, "since": since, "kind": one.kind.value}
    lasts = ASKED_LASTS if one.kind == Kind.ASKED else KEPT_TRYING
    return Delivery(
        notice=facts, person=one.person, channel=one.channel, address=one.shown,
        target=one.target.address, created_at=now, next_attempt_at=leaves_at,
        is_gathered=leaves_at > now and one.kind != Kind.ASKED, expires_at=leaves_at + lasts,
    )  # fmt: skip


def _position() -> int:
    return Progress.objects.values_list("change", flat=True).first() or 0


def _lock() -> Progress:
    Progress.objects.get_or_create(pk=1)
    return Progress.objects.select_for_update().get(pk=1)
