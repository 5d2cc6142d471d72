"""Many say something at the same moment: ids stand in the order of commits, nothing is lost or doubled."""

from __future__ import annotations

import threading
import time
from functools import partial

import pytest
from django.db import connections

from estafeta.accounts.models import Person
from estafeta.chat import log
from estafeta.chat.actions import common_room, mark_read, open_direct, write
from estafeta.chat.models import Change, Message, Room, Seat
from estafeta.lib.request_keys import Key
from tests.cast import Cast
from tests.test_races import at_once, cast, real_database

__all__ = ["cast", "real_database"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def talk(person: Person, room: Room) -> None:
    for number in range(8):
        write(room, f"Word {number}", by=person)


def test_whoever_follows_the_changes_meets_every_message_once(cast: Cast) -> None:
    rooms = [common_room(), open_direct(cast.agent_b, by=cast.agent)]
    met: list[int | None] = []
    is_over = threading.Event()

    def follow() -> None:
        position, is_last = 0, False
        while not is_last:
            is_last = is_over.is_set()
            for change in Change.objects.filter(pk__gt=position):
                met.append(change.message_id)
                position = change.pk
            time.sleep(0.001)
        connections.close_all()

    reader = threading.Thread(target=follow)
    reader.start()
    answers = at_once(
        *(partial(talk, person, room) for person in (cast.agent, cast.agent_b) for room in rooms)
    )
    is_over.set()
    reader.join()
    assert answers == [None] * 4
    assert met == list(Change.objects.values_list("message", flat=True))
    assert sorted(Message.objects.values_list("pk", flat=True)) == sorted(filter(None, met))
    assert len(met) == 32
    assert log.newest() == Change.objects.values_list("pk", flat=True).last()


def test_the_same_submission_at_the_same_moment_is_said_once(cast: Cast) -> None:
    room, key = common_room(), Key("once", "same")
    say = partial(write, room, "Hi", by=cast.agent, submission=key)
    said = at_once(say, say, say, say)
    assert {one.pk for one in said} == {Message.objects.get().pk}


def test_two_who_begin_to_talk_at_once_meet_in_one_room(cast: Cast) -> None:
    one, other = (
        partial(open_direct, cast.agent_b, by=cast.agent),
        partial(open_direct, cast.agent, by=cast.agent_b),
    )
    assert {room.pk for room in at_once(one, other, one, other)} == {Room.objects.get().pk}


def test_a_mark_of_reading_never_goes_back(cast: Cast) -> None:
    room = common_room()
    numbers = [write(room, f"Word {number}", by=cast.agent).pk for number in range(6)]
    at_once(*(partial(mark_read, room, by=cast.head, up_to=number) for number in numbers))
    assert Seat.objects.get(room=room, person=cast.head).read_up_to == numbers[-1]
