"""Rooms as a person has them, and how much is new in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)  # fmt: skip
from django.db.models.functions import Coalesce

from estafeta.accounts.standing import Standing
from estafeta.chat.models import Mention, Message, Room, RoomKind, State
from estafeta.chat.models.room import OPEN, RoomQuerySet
from estafeta.chat.visibility import is_staff, visible
from estafeta.lib.prepared import Prepared

if TYPE_CHECKING:
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
    return _own(person.standing)


def _own(standing: Standing) -> RoomQuerySet:
    return Room.objects.filter(visible(standing)).exclude(_away(standing.person))


def _away(person: int) -> Q:
    """Talks of clients in which he takes no part."""
    return Q(kind=RoomKind.CLIENT) & ~(
        Q(client=person) | Q(operator__isnull=False, operator=person)
    )


def waiting(person: Person) -> RoomQuerySet:
    """Talks of clients that wait for one of his departments, the longest first."""
    departments = sorted(person.standing.member_of)
    return Room.objects.visible_to(person).filter(
        state=State.WAITING, department__in=departments
    ).exclude(client=person).order_by("asked_at", "pk")  # fmt: skip


def with_seat(rooms: RoomQuerySet, person: int) -> RoomQuerySet:
    """Each row with `read_up_to` and `is_muted` of the person."""
    return rooms.annotate(
        seat=FilteredRelation("seats", condition=Q(seats__person=person)),
        read_up_to=Coalesce(F("seat__read_up_to"), 0),
        is_muted=Coalesce(F("seat__is_muted"), False),
    )


def unread_rooms(person: Person) -> int:
    """In how many of his rooms something is new that he wants to hear of, or a client waits.

    One query, made once.
    """
    standing = person.standing
    if not standing.is_active:
        return 0
    members = {"members": sorted(standing.member_of)} if standing.member_of else {}
    headed = {"headed": sorted(standing.headed)} if standing.headed else {}
    return len(_UNREAD(is_staff(standing), reader=person.pk, **members, **headed))


def _unread(
    is_staff: bool, reader: int, members: Sequence[int] = (), headed: Sequence[int] = ()
) -> QuerySet[Any, int]:
    """For whoever is such; heads hear no more than members, whoever the talks of clients concern."""
    standing = Standing(
        person=reader, is_active=True, is_director=False, is_administrator=is_staff,
        member_of=frozenset(members), headed=frozenset(headed), led_organisation=None,
    )  # fmt: skip
    rows = with_seat(Room.objects.filter(visible(standing)).exclude(state=State.CLOSED), reader)
    fresh = ~_away(reader) & Q(is_muted=False, last_message__gt=F("read_up_to"))
    if members:
        fresh |= Q(state=State.WAITING, department__in=members) & ~Q(client=reader)
    return rows.filter(fresh).order_by().values_list("pk", flat=True)[: MOST_COUNTED + 1]


_UNREAD: Prepared[int] = Prepared(_unread)


class _Counted(Subquery):
    """How many rows a limited question finds: counting ends where it says no more."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def rooms_of(person: Person) -> list[Listed]:
    """What the list shows, the newest first, with what is new: one query however many there are."""
    shown = own(person).filter(
        ~Q(kind=RoomKind.DIRECT) | Q(last_message__isnull=False)
    ).exclude(Q(state=State.CLOSED) & ~Q(client=person))  # fmt: skip
    fresh = (
        Message.objects.written()
        .filter(~Q(author=person), room=OuterRef("pk"), pk__gt=OuterRef("read_up_to"))
        .order_by()
        .values("pk")[: MOST_COUNTED + 1]
    )
    calls = Mention.objects.filter(
        person=person, message__room=OuterRef("pk"), message__gt=OuterRef("read_up_to")
    )
    rows = (
        with_seat(shown, person.pk)
        .annotate(unread=_Counted(fresh), is_called=Exists(calls))
        .select_related(
            "first", "second", "department", "client", "operator", "last_message__author"
        )
        .order_by(F("last_at").desc(nulls_last=True), "pk")[:MOST_ROOMS]
    )
    return [
        Listed(row, row.read_up_to, row.is_muted, row.unread, row.is_called)  # type: ignore[attr-defined]
        for row in rows
    ]


def open_talks(person: Person) -> RoomQuerySet:
    """A client's own talks that are not closed."""
    return Room.objects.visible_to(person).filter(client=person, state__in=OPEN)
