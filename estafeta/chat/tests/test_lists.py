"""The list of rooms and what is new in them."""

from __future__ import annotations

from typing import Any

from estafeta.chat import queries
from estafeta.chat.actions import common_room, department_room, mark_read, mute, take_seats
from estafeta.chat.models import Room, State
from estafeta.chat.tests.talks import direct, of_client, say
from tests.cast import Cast


def test_rooms_of_what_one_is_are_there_by_themselves(cast: Cast) -> None:
    take_seats(cast.agent)
    take_seats(cast.client)
    assert {one.room.key for one in queries.rooms_of(cast.agent)} == {"common", f"department:{cast.it.pk}"}  # fmt: skip
    assert queries.rooms_of(cast.client) == []


def test_what_others_said_is_counted_until_it_is_read(cast: Cast) -> None:
    room = direct(cast.agent, cast.agent2)
    say(room, cast.agent)
    last = say(room, cast.agent, "@vera look")
    say(common_room(), cast.agent)
    [first, second] = queries.rooms_of(cast.agent2)
    assert (first.unread, first.is_called) == (1, False)
    assert (second.unread, second.is_called) == (2, True)
    assert queries.unread_rooms(cast.agent2) == 2
    assert queries.unread_rooms(cast.agent) == 0
    mark_read(room, by=cast.agent2, up_to=last.pk)
    mute(common_room(), by=cast.agent2, is_muted=True)
    assert queries.unread_rooms(cast.agent2) == 0


def test_no_more_than_a_hundred_are_counted(cast: Cast, django_assert_num_queries: Any) -> None:
    room = common_room()
    for number in range(105):
        say(room, cast.agent, f"Message {number}")
    for department in (cast.it, cast.network):
        say(department_room(department.pk), cast.network_agent)
    direct(cast.head, cast.agent)
    say(direct(cast.head, cast.agent_b), cast.agent_b)
    assert cast.head.standing
    with django_assert_num_queries(1):
        found = {one.room.key: one.unread for one in queries.rooms_of(cast.head)}
    assert found["common"] == 100
    assert found[f"department:{cast.it.pk}"] == 1
    assert f"department:{cast.network.pk}" not in found
    assert len(found) == 3


def test_talks_of_clients_stand_where_they_concern(cast: Cast) -> None:
    room = of_client(cast.client, cast.it)
    say(room, cast.client)
    assert list(queries.waiting(cast.agent)) == [room]
    assert list(queries.waiting(cast.agent2)) == []
    assert room in list(Room.objects.visible_to(cast.head))
    assert [one.room for one in queries.rooms_of(cast.client)] == [room]
    assert queries.rooms_of(cast.agent) == []
    room.state, room.operator = State.ACCEPTED, cast.agent
    room.save()
    assert [one.room for one in queries.rooms_of(cast.agent)] == [room]
    assert queries.rooms_of(cast.head) == []
    assert queries.unread_rooms(cast.agent) == 1
    assert queries.unread_rooms(cast.head) == 0


def test_nothing_counts_for_whoever_has_left(cast: Cast) -> None:
    say(common_room(), cast.agent)
    assert queries.unread_rooms(cast.head) == 1
    cast.head.is_active = False
    cast.head.__dict__.pop("standing")
    assert queries.unread_rooms(cast.head) == 0
