"""Many alike become one: what a run does to many tickets, and what somebody does over and over.

The first of them is the notification; the others are included in it, and it tells how many they are.
Whatever the borders of batches, a summary grows until it was seen or a message of it has left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import F

from estafeta.notifications.hearers import Told
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import Delivery, DeliveryState, IncludedEntry, Notification
from estafeta.notifications.runs_behind import Runs
from estafeta.tickets.models import Entry, Priority

WINDOW = timedelta(minutes=5)
"""Alike is what one person does to one person's tickets within this time."""
SETTLE = timedelta(seconds=20)
"""So long a message of a summary waits after the last that was included."""
LONGEST_WAIT = timedelta(minutes=10)


SINGLE = frozenset({Kind.MENTIONED, Kind.REMINDED, Kind.ESCALATED})
"""Somebody is waiting for exactly this person: never one of many, but in a run."""


class Alike(NamedTuple):
    """What entries of one summary have in common."""

    person: int
    stands_in_for: int | None
    actor: int
    verb: str
    run: int | None
    """The run over many tickets that wrote them."""
    is_urgent: bool = False
    """What may break somebody's quiet must not wait in a summary of what may not."""


@dataclass
class Group:
    """What becomes one notification: mostly a single one."""

    told: list[Told] = field(default_factory=list)
    is_summary: bool = False
    row: int | None = None
    """Of the notification that is there already."""


class Past(NamedTuple):
    """A notification that was written before."""

    pk: int
    person: int
    stands_in_for: int | None
    amount: int
    actor: int
    verb: str
    ticket: int
    seq: int
    priority: int


class Storm:
    """What was told lately by the actors of a batch, and where each new one belongs."""

    def __init__(self, runs: Runs, past: Iterable[Past]) -> None:
        self.runs = runs
        self._counts: dict[Alike, int] = defaultdict(int)
        self._summaries: dict[Alike, Group] = {}
        for row in past:
            run = runs.of(row.ticket, row.seq, row.verb)
            is_urgent = _is_urgent(row.priority, run)
            alike = Alike(row.person, row.stands_in_for, row.actor, row.verb, run, is_urgent)
            if run is not None or row.amount > 1 or self._is_many(alike):
                self._summaries[alike] = Group(is_summary=True, row=row.pk)
            self._counts[alike] += row.amount

    @classmethod
    def around(cls, entries: Sequence[Entry]) -> Storm:
        """Two queries; one where nothing is ever summed up."""
        runs = Runs.around(entries)
        if not settings.ALIKE_TOLD_SINGLY and runs.begun_at is None:
            return cls(runs, ())
        since = min(one.at for one in entries) - WINDOW
        rows = Notification.objects.filter(
            entry__actor__in={one.actor_id for one in entries},
            entry__at__gte=min(since, runs.begun_at or since),
            entry__verb__in={one.verb for one in entries},
        ).order_by("pk")  # fmt: skip
        columns = (
            "pk", "person", "stands_in_for", "amount", "entry__actor", "entry__verb",
            "entry__ticket", "entry__seq", "entry__ticket__priority",
        )  # fmt: skip
        return cls(runs, (Past._make(row) for row in rows.values_list(*columns)))

    def groups(self, told: Iterable[Told]) -> list[Group]:
        """In the order in which the first of each was told."""
        found: list[Group] = []
        for one in told:
            group = self._group(one)
            if not group.told:
                found.append(group)
            group.told.append(one)
        return found

    def _group(self, one: Told) -> Group:
        entry = one.entry
        run = self.runs.of(entry.ticket_id, entry.seq, entry.verb)
        is_urgent = _is_urgent(entry.ticket.priority, run)
        alike = Alike(
            one.person.pk, one.stands_in_for, entry.actor_id, entry.verb, run, is_urgent
        )  # fmt: skip
        if run is None and (one.kind in SINGLE or not self._is_many(alike)):
            self._counts[alike] += 1
            return Group()
        return self._summaries.setdefault(alike, Group(is_summary=True))

    def _is_many(self, alike: Alike) -> bool:
        most: int = settings.ALIKE_TOLD_SINGLY
        return bool(most) and alike.run is None and self._counts[alike] >= most


def _is_urgent(priority: int, run: int | None) -> bool:
    """A run makes one summary of all, which leaves as its most urgent ticket may."""
    return run is None and priority == Priority.URGENT


def still_growing(groups: Iterable[Group]) -> None:
    """Let those begin anew whose notification was seen or whose message has left; in a transaction."""
    joined = [group for group in groups if group.row is not None]
    if not joined:
        return
    rows = {group.row for group in joined if group.row is not None}
    unseen = Notification.objects.select_for_update().filter(pk__in=rows, seen_at=None)
    growing = set(unseen.order_by("pk").values_list("pk", flat=True))
    leaving = Delivery.objects.filter(notification__in=growing)
    locked = leaving.select_for_update().order_by("pk")
    columns = locked.values_list("notification", "state", "attempts")
    growing -= {pk for pk, state, tries in columns if tries or state != DeliveryState.QUEUED}
    for group in joined:
        if group.row not in growing:
            group.row = None


def include(groups: Iterable[Group], rows: Iterable[Notification], now: datetime) -> None:
    """Write down what each summary includes, and let its messages wait a little for more.

    `rows` are the notifications just made, of the groups that have none yet, in their order.
    """
    made = iter(rows)
    grown: dict[int, list[int]] = defaultdict(list)
    included: list[IncludedEntry] = []
    for group in groups:
        row, more = group.row, group.told
        if row is None:
            row, more = next(made).pk, group.told[1:]
        else:
            grown[len(more)].append(row)
        included += [IncludedEntry(notification_id=row, entry=one.entry) for one in more]
    if included:
        IncludedEntry.objects.bulk_create(included)
    for amount, grew in grown.items():
        Notification.objects.filter(pk__in=grew).update(amount=F("amount") + amount)
        waiting = Delivery.objects.filter(
            notification__in=grew, next_attempt_at__lt=now + SETTLE,
            created_at__gt=now - LONGEST_WAIT,
        )  # fmt: skip
        waiting.update(next_attempt_at=now + SETTLE)
