"""Who hears of what is written in the chat, and as which kind of event."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from estafeta.accounts.models import Person
from estafeta.chat.calling import Calls, Reason
from estafeta.chat.models import Message, RoomKind
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import DefaultWishes, Wishes

KIND_OF: dict[Reason, Kind] = {
    Reason.READS_ALL: Kind.ROOM,
    Reason.WRITTEN_TO: Kind.TALKED,
    Reason.WAITED_FOR: Kind.ASKED,
}


def calls_of(messages: Sequence[Message]) -> Calls:
    """With those who want to hear every line of rooms, where the batch has such rooms."""
    rooms = {message.room.kind for message in messages}
    has_rooms = not rooms.isdisjoint((RoomKind.COMMON, RoomKind.DEPARTMENT))
    return Calls(messages, curious=_curious() if has_rooms else ())


def _curious() -> Collection[int]:
    """More than want it: each one's wishes are asked before anything leaves."""
    if DefaultWishes.objects.filter(matrix__has_key=Kind.ROOM.value).exists():
        return list(Person.objects.active().staff().values_list("pk", flat=True))
    own = Wishes.objects.filter(matrix__has_key=Kind.ROOM.value)
    return list(own.values_list("person", flat=True))
