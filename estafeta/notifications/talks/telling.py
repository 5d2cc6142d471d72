"""A delivery about the chat as it reads when it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from estafeta.chat import names, phrases
from estafeta.chat.models import Message, Room, RoomKind
from estafeta.lib.markdown import plain
from estafeta.notifications.content import Content
from estafeta.notifications.kinds import Kind
from estafeta.notifications.message import LONGEST_READ
from estafeta.notifications.models import Wishes
from estafeta.notifications.talks.saying import Line, Spoken, of_talk
from estafeta.notifications.talks.unread import facts_of, unread

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.notifications.models import Delivery


def content_of_talk(delivery: Delivery) -> Content:
    """In the language of the moment; `concern.py` has made sure that there is something to tell."""
    facts, person = facts_of(delivery), delivery.person
    assert person is not None
    room = Room.objects.select_related("department", "client").get(pk=facts["room"])
    messages, count = unread(delivery, room, person)
    kind = Kind(facts["kind"])
    is_quoted = delivery.channel != "sms" or _quotes(person)
    spoken = spoken_of(room, messages, count, reader=person)
    return of_talk(kind, spoken, is_quoted=is_quoted)


def spoken_of(room: Room, messages: Sequence[Message], count: int, *, reader: Person) -> Spoken:
    """The words of a few messages."""
    is_of_two = room.kind in (RoomKind.DIRECT, RoomKind.CLIENT)
    name = "" if is_of_two else names.name_of(room, reader)
    lines = [Line(one.author.name, _words(one)) for one in messages]
    return Spoken(lines, count, path_of(room), room.pk, name)


def path_of(room: Room) -> str:
    """Its page."""
    return f"/chat/{room.pk}"


def _words(message: Message) -> str:
    if message.is_line:
        return phrases.of_line(message)
    text = plain(message.text[:LONGEST_READ])
    return text or ", ".join(message.files.there().values_list("name", flat=True))


def _quotes(person: Person) -> bool:
    return Wishes.objects.filter(person=person, quotes_talks=True).exists()
