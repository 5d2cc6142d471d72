"""What people have said to each other, in rooms of two, of departments and of all."""

from __future__ import annotations

from estafeta.chat.actions import common_room, department_room, open_direct, write
from estafeta.chat.models import Message, Room, Seat
from estafeta.lib import clock
from estafeta.ops.demo.people import Place
from estafeta.ops.demo.texts import Texts
from estafeta.ops.demo.worktime import WorkTime

UNREAD_HOURS = 1.0
"""What was said since then nobody but its author has read."""


def hold(place: Place, texts: Texts, worktime: WorkTime) -> None:
    """Say everything at its time."""
    logins = {key: who.login for key, who in texts.people.items()}
    for one in sorted(texts.talks, key=lambda said: -said.hours):
        with clock.standing_at(worktime.ago(one.hours)):
            room = _room(one.room, place)
            message = write(room, one.text.format(**logins), by=place.people[one.who])
        if one.hours > UNREAD_HOURS:
            _everybody_reads(room, message, place)


def _room(key: str, place: Place) -> Room:
    if key == "common":
        return common_room()
    if key in place.departments:
        return department_room(place.departments[key].pk)
    one, other = key.split(":")
    return open_direct(place.people[other], by=place.people[one])


def _everybody_reads(room: Room, message: Message, place: Place) -> None:
    for person in place.people.values():
        if Room.objects.visible_to(person).filter(pk=room.pk).exists():
            values = {"read_up_to": message.pk, "read_at": message.written_at}
            Seat.objects.update_or_create(room=room, person=person, defaults=values)
