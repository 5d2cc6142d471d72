"""Rooms as a person has them, and how much is new in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, FilteredRelation, Q
from django.db.models.functions import Coalesce

from estafeta.chat.models import Message, Room, RoomKind, State
from estafeta.chat.models.room import OPEN, RoomQuerySet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from estafeta.accounts.models import Person

MOST_COUNTED = 99
MOST_ROOMS = 300


@dataclass
class Listed:
    """A room as its list shows it."""

    room: Room
    read_up_to: int
    is_muted: bool
    unread: int = 0
    """Messages of others that were not read; no more than `MOST_COUNTED` + 1 are counted."""
    is_called: bool = False
    """One of them calls the person by name."""


def own(person: Person) -> RoomQuerySet:
    """Rooms in which the person takes part: not the talks of clients with his colleagues."""
    away = Q(kind=RoomKind.CLIENT) & ~Q(client=person) & ~Q(operator=person)
    return Room.objects.visible_to(person).exclude(away)


def waiting(person: Person) -> RoomQuerySet:
    """Talks of clients that wait for one of his departments, the longest first."""
    departments = sorted(person.standing.member_of)
    return Room.objects.visible_to(person).filter(
        state=State.WAITING, department__in=departments
    ).exclude(client=person).order_by("asked_at", "pk")  # fmt: skip


def with_seat(rooms: RoomQuerySet, person: Person) -> RoomQuerySet:
    """Each row with `read_up_to` and `is_muted` of the person."""
    return rooms.annotate(
        seat=FilteredRelation("seats", condition=Q(seats__person=person)),
        read_up_to=Coalesce(F("seat__read_up_to"), 0),
        is_muted=Coalesce(F("seat__is_muted"), False),
    )


def unread_rooms(person: Person) -> int:
    """In how many of his rooms something is new that he wants to hear of; one query."""
    rows = with_seat(own(person).exclude(state=State.CLOSED), person)
    return rows.filter(is_muted=False, last_message__gt=F("read_up_to")).count()


def rooms_of(person: Person) -> list[Listed]:
    """What the list shows: the newest first, with what is new. Three queries however many there are."""
    shown = own(person).filter(
        ~Q(kind=RoomKind.DIRECT) | Q(last_message__isnull=False)
    ).exclude(Q(state=State.CLOSED) & ~Q(client=person))  # fmt: skip
    rows = with_seat(shown, person).select_related(
        "first", "second", "department", "client", "operator", "last_message__author"
    )
    found = [
        Listed(row, row.read_up_to, row.is_muted)  # type: ignore[attr-defined]
        for row in rows.order_by(F("last_at").desc(nulls_last=True), "pk")[:MOST_ROOMS]
    ]
    _count_new(found, person)
    return found


def _count_new(listed: Iterable[Listed], person: Person) -> None:
    new = [
        one for one in listed if (one.room.last_message_id or 0) > one.read_up_to
    ]  # fmt: skip
    if not new:
        return
    pieces = [
        Message.objects.written().filter(room=one.room, pk__gt=one.read_up_to)
        .exclude(author=person).order_by().values_list("room", "pk")[: MOST_COUNTED + 1]
        for one in new
    ]  # fmt: skip
    first, *others = pieces
    rows = list(first.union(*others, all=True)) if others else list(first)
    called = set(
        Message.objects.filter(pk__in=[pk for _room, pk in rows], mentions__person=person)
        .values_list("room", flat=True)
    )  # fmt: skip
    counts: dict[int, int] = {}
    for room, _pk in rows:
        counts[room] = counts.get(room, 0) + 1
    for one in new:
        one.unread = counts.get(one.room.pk, 0)
        one.is_called = one.room.pk in called


def open_talks(person: Person) -> RoomQuerySet:
    """A client's own talks that are not closed."""
    return Room.objects.visible_to(person).filter(client=person, state__in=OPEN)
