"""Who hears of what is written in the chat, and as which kind of event."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from estafeta.accounts.models import Person
from estafeta.accounts.standing import Standing
from estafeta.chat import visibility
from estafeta.chat.models import Mention, Message, MessageKind, Room, RoomKind, Seat, State
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import DefaultWishes, Wishes

CALLS_STAFF = frozenset({MessageKind.ASKED, MessageKind.RETURNED, MessageKind.PASSED})
"""Lines after which a client may wait for anybody of the department."""


class Heard(NamedTuple):
    """One person hears of one message."""

    message: Message
    person: Person
    kind: Kind


class Audience:
    """For a batch of messages; a few queries however many they are."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self._messages = messages
        self._mentioned: dict[int, set[int]] = {}
        rows = Mention.objects.filter(message__in=messages).values_list("message", "person")
        for message, person in rows:
            self._mentioned.setdefault(message, set()).add(person)
        rooms = {one.room_id for one in messages}
        muted = Seat.objects.filter(room__in=rooms, is_muted=True).values_list("room", "person")
        self._muted = set(muted)
        self._members: dict[int, list[int]] = {}
        self._curious = _curious(one.room for one in messages)
        self.people: dict[int, Person] = {}
        self.standings: dict[int, Standing] = {}

    def hear(self) -> list[Heard]:
        """Whom each message turns to, as far as he sees the room and wants to hear of it."""
        named = [(one, dict(self._named(one))) for one in self._messages]
        wanted = {person for _message, found in named for person in found}
        self.people = {row.pk: row for row in Person.objects.active().filter(pk__in=wanted)}
        self.standings = Standing.of_all(self.people.values())
        return [
            Heard(message, self.people[person], kind)
            for message, found in named
            for person, kind in found.items()
            if self._may_hear(message, person)
        ]

    def _may_hear(self, message: Message, person: int) -> bool:
        if person not in self.people or person == message.author_id:
            return False
        if (message.room_id, person) in self._muted:
            return self._is_mentioned(message, person)
        return visibility.sees(self.standings[person], message.room)

    def _is_mentioned(self, message: Message, person: int) -> bool:
        mentioned = person in self._mentioned.get(message.pk, ())
        return mentioned and visibility.sees(self.standings[person], message.room)

    def _named(self, message: Message) -> Iterator[tuple[int, Kind]]:
        """Each person with the strongest reason last, which counts."""
        room = message.room
        if message.kind in CALLS_STAFF and room.state == State.WAITING:
            yield from ((person, Kind.ASKED) for person in self._members_of(room))
            return
        if message.kind == MessageKind.TEXT:
            yield from ((person, Kind.ROOM) for person in self._curious_in(room))
        if message.kind in (MessageKind.TEXT, MessageKind.ACCEPTED, MessageKind.PASSED):
            yield from ((person, Kind.TALKED) for person in _partners(room))
        yield from ((person, Kind.TALKED) for person in self._mentioned.get(message.pk, ()))

    def _members_of(self, room: Room) -> list[int]:
        department = room.department_id or 0
        if department not in self._members:
            found = Person.objects.members_of([department])
            self._members[department] = list(found.values_list("pk", flat=True))
        return self._members[department]

    def _curious_in(self, room: Room) -> Collection[int]:
        if room.kind == RoomKind.COMMON:
            return self._curious
        if room.kind == RoomKind.DEPARTMENT:
            return set(self._members_of(room)) & set(self._curious)
        return ()


def _partners(room: Room) -> list[int]:
    """With whom one talks there in person."""
    columns = {
        RoomKind.DIRECT: (room.first_id, room.second_id),
        RoomKind.CLIENT: (room.client_id, room.operator_id),
    }
    return [person for person in columns.get(RoomKind(room.kind), ()) if person is not None]


def _curious(rooms: Iterator[Room] | Collection[Room]) -> Collection[int]:
    """Those who may want every line of rooms: asked only where there are such rooms."""
    if not any(room.kind in (RoomKind.COMMON, RoomKind.DEPARTMENT) for room in rooms):
        return ()
    if DefaultWishes.objects.filter(matrix__has_key=Kind.ROOM.value).exists():
        return list(Person.objects.active().staff().values_list("pk", flat=True))
    own = Wishes.objects.filter(matrix__has_key=Kind.ROOM.value)
    return list(own.values_list("person", flat=True))
