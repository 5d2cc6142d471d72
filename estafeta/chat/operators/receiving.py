"""Which departments receive now, who is there, and how long one usually waits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING

from django.db.models import F

from estafeta.accounts.models import Department, Membership, Site
from estafeta.chat.models import Reception, Room, RoomKind, State
from estafeta.chat.operators import hours
from estafeta.lib import clock
from estafeta.lib.short_memory import ShortMemory
from estafeta.presence import states

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

MEASURED_DAYS = timedelta(days=30)
MEASURED_TALKS = 50
FEWEST_MEASURED = 5
"""Of fewer nothing is foretold."""


@dataclass(frozen=True)
class Desk:
    """A department as whoever asks there meets it."""

    reception: Reception
    is_open: bool
    """By its hours."""
    is_staffed: bool
    """Somebody of it has a page open now."""
    opens_at: datetime | None
    """When it opens next, if it is closed."""

    @property
    def department(self) -> Department:
        """Whose it is."""
        return self.reception.department

    @property
    def answers(self) -> bool:
        """Whether waiting makes sense now."""
        return self.is_open and self.is_staffed


def somebody_receives() -> bool:
    """Whether there is anybody to ask; every page of a client wants to know."""
    return _RECEIVED.current()


_RECEIVED = ShortMemory(lambda: Reception.objects.filter(is_open=True).exists())


def forget() -> None:
    """For whoever has just changed a reception."""
    _RECEIVED.forget()


def receiving(person: Person) -> list[Reception]:
    """Those that take talks at all, and that the person can choose, in the order of the tree."""
    offered = Department.objects.offered_to(person)
    rows = Reception.objects.filter(is_open=True, department__in=offered)
    return list(rows.select_related("department").order_by("department__path"))


def desks(rows: Sequence[Reception]) -> list[Desk]:
    """As they are now."""
    now, zone = clock.now(), Site.current().zone
    there = staffed({row.department_id for row in rows})
    return [
        Desk(
            row, hours.is_open_at(row, now, zone), row.department_id in there,
            hours.opens_next(row, now, zone),
        )
        for row in rows
    ]  # fmt: skip


def staffed(departments: Collection[int]) -> set[int]:
    """Those of which somebody has a page open now."""
    members = list(
        Membership.objects.filter(department__in=departments, person__is_active=True)
        .order_by().values_list("department", "person")
    )  # fmt: skip
    here = states.listening({person for _department, person in members})
    return {department for department, person in members if person in here}


def place_in_line(room: Room) -> int:
    """1 for whoever is the next."""
    before = Room.objects.filter(
        kind=RoomKind.CLIENT, state=State.WAITING, department=room.department_id
    )
    earlier = before.filter(asked_at__lt=room.asked_at)
    same_moment = before.filter(asked_at=room.asked_at, pk__lt=room.pk)
    return earlier.count() + same_moment.count() + 1


def usual_wait(department: int) -> timedelta | None:
    """The median of the last talks; None: there were too few to say."""
    rows = Room.objects.filter(
        kind=RoomKind.CLIENT, department=department, accepted_at__isnull=False,
        asked_at__gt=clock.now() - MEASURED_DAYS,
    )  # fmt: skip
    waits = list(
        rows.order_by("-asked_at").annotate(waited=F("accepted_at") - F("asked_at"))
        .values_list("waited", flat=True)[:MEASURED_TALKS]
    )  # fmt: skip
    return median(waits) if len(waits) >= FEWEST_MEASURED else None
