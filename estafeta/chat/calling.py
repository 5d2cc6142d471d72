"""Whom a message turns to: whoever is written to in person or by name, and whoever a client waits for.

Pop-ups of open pages and what leaves the house both ask here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from estafeta.accounts.models import Person
from estafeta.accounts.standing import Standing
from estafeta.chat import visibility
from estafeta.chat.models import Mention, Message, MessageKind, Room, RoomKind, Seat, State

CALLS_STAFF = frozenset({MessageKind.ASKED, MessageKind.RETURNED, MessageKind.PASSED})
"""Lines after which a client may wait for anybody of the department."""
TOLD = frozenset({MessageKind.TEXT, MessageKind.ACCEPTED, MessageKind.PASSED})
"""What one's partner wants to hear of."""


class Reason(StrEnum):
    """Why somebody is called."""

    READS_ALL = "reads_all"
    """He wants to hear every line of the room."""
    WRITTEN_TO = "written_to"
    WAITED_FOR = "waited_for"


class Call(NamedTuple):
    """One person is called by one message."""

    message: Message
    person: Person
    reason: Reason


class Calls:
    """Of a batch of messages with their rooms; a few queries however many they are."""

    def __init__(self, messages: Sequence[Message], *, curious: Collection[int] = ()) -> None:
        self._messages, self._curious = messages, curious
        self._mentioned: dict[int, set[int]] = {}
        rows = Mention.objects.filter(message__in=messages).values_list("message", "person")
        for message, person in rows:
            self._mentioned.setdefault(message, set()).add(person)
        rooms = {one.room_id for one in messages}
        muted = Seat.objects.filter(room__in=rooms, is_muted=True)
        self._muted = set(muted.values_list("room", "person"))
        self._members: dict[int, list[int]] = {}
        self.standings: dict[int, Standing] = {}

    def all(self, *, among: Collection[int] | None = None) -> list[Call]:
        """As far as each sees the room and has not muted it; `among`: of these people only."""
        named = [(one, dict(self._named(one))) for one in self._messages]
        wanted = {person for _message, found in named for person in found}
        if among is not None:
            wanted &= set(among)
        people = {row.pk: row for row in Person.objects.active().filter(pk__in=wanted)}
        self.standings = Standing.of_all(people.values())
        return [
            Call(message, people[person], reason)
            for message, found in named
            for person, reason in found.items()
            if person in people and self._may_hear(message, person)
        ]

    def _may_hear(self, message: Message, person: int) -> bool:
        if person == message.author_id or not visibility.sees(self.standings[person], message.room):
            return False
        is_muted = (message.room_id, person) in self._muted
        return not is_muted or person in self._mentioned.get(message.pk, ())

    def _named(self, message: Message) -> Iterator[tuple[int, Reason]]:
        """Each person with the strongest reason last, which counts."""
        room = message.room
        if message.kind in CALLS_STAFF and room.state == State.WAITING:
            yield from ((person, Reason.WAITED_FOR) for person in self._members_of(room))
            return
        if message.kind == MessageKind.TEXT:
            yield from ((person, Reason.READS_ALL) for person in self._curious_in(room))
        if message.kind in TOLD:
            yield from ((person, Reason.WRITTEN_TO) for person in _partners(room))
        yield from ((one, Reason.WRITTEN_TO) for one in self._mentioned.get(message.pk, ()))

    def _members_of(self, room: Room) -> list[int]:
        department = room.department_id or 0
        if department not in self._members:
            found = Person.objects.members_of([department])
            self._members[department] = list(found.values_list("pk", flat=True))
        return self._members[department]

    def _curious_in(self, room: Room) -> Collection[int]:
        if room.kind == RoomKind.COMMON:
            return self._curious
        if room.kind == RoomKind.DEPARTMENT and self._curious:
            return set(self._members_of(room)) & set(self._curious)
        return ()


def _partners(room: Room) -> list[int]:
    """With whom one talks there in person."""
    columns = {
        RoomKind.DIRECT: (room.first_id, room.second_id),
        RoomKind.CLIENT: (room.client_id, room.operator_id),
    }
    return [person for person in columns.get(RoomKind(room.kind), ()) if person is not None]
