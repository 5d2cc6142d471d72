"""The list of rooms beside a talk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from estafeta.chat import names, queries
from estafeta.chat.actions import take_seats
from estafeta.chat.models import Message, Room, RoomKind
from estafeta.chat.queries import MOST_COUNTED, Listed
from estafeta.chat.visibility import is_staff
from estafeta.lib import markdown
from estafeta.lib.text import excerpt
from estafeta.presence import states

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.presence.states import State

LAST_LINE = 90
MOST_WAITING = 50
"""Whoever has waited longest; the others come up as these are accepted."""
ICONS = {RoomKind.COMMON: "users", RoomKind.DEPARTMENT: "building", RoomKind.CLIENT: "message-circle"}  # fmt: skip


@dataclass
class Entry:
    """One room as the list draws it."""

    room: Room
    name: str
    href: str
    icon: str
    face: Person | None
    last: str
    unread: str
    is_called: bool
    is_muted: bool
    when: str = ""
    """How much of the time is said: "time" for today, else "date"."""
    state: State | None = None


@dataclass
class RoomList:
    """Those that wait for an operator stand first."""

    waiting: list[Entry]
    own: list[Entry]
    may_begin: bool


def of(person: Person) -> RoomList:
    """A fixed number of queries, however many rooms there are."""
    take_seats(person)
    own = [_entry(one, person) for one in queries.rooms_of(person)]
    waiting: list[Entry] = []
    if person.standing.member_of:
        rows = queries.waiting(person).select_related(
            "client", "department", "last_message__author"
        )
        waiting = [_entry(Listed(row, 0, False), person) for row in rows[:MOST_WAITING]]
    _add_states([*waiting, *own], person)
    return RoomList(waiting, own, is_staff(person.standing))


def _entry(one: Listed, reader: Person) -> Entry:
    room = one.room
    count = f"{MOST_COUNTED}+" if one.unread > MOST_COUNTED else str(one.unread or "")
    return Entry(
        room, names.name_of(room, reader), reverse("chat_room", args=[room.pk]),
        ICONS.get(RoomKind(room.kind), ""), names.face_of(room, reader),
        _last(room.last_message, room, reader), count, one.is_called, one.is_muted,
        "time" if room.last_at and localdate(room.last_at) == localdate() else "date",
    )  # fmt: skip


def _last(message: Message | None, room: Room, reader: Person) -> str:
    if message is None:
        return ""
    words = excerpt(markdown.plain(message.text), LAST_LINE) or _("File")
    if message.author_id == reader.pk:
        return _("You: %(words)s") % {"words": words}
    if room.kind in (RoomKind.DIRECT, RoomKind.CLIENT):
        return words
    return _("%(name)s: %(words)s") % {"name": message.author.short_name, "words": words}


def _add_states(entries: list[Entry], reader: Person) -> None:
    people = {entry.face.pk for entry in entries if entry.face is not None}
    known = states.of_people(people, to=reader)
    for entry in entries:
        entry.state = known.get(entry.face.pk) if entry.face is not None else None
