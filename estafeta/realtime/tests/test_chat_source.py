"""Who hears what of talks of clients."""

from __future__ import annotations

import json

from estafeta.chat import log
from estafeta.chat.actions import mark_read, mute
from estafeta.chat.models import Room
from estafeta.chat.operators import handling
from estafeta.chat.operators.tests.talking import asked, receive
from estafeta.desk.chat import talk
from estafeta.realtime.chat_source import ChatSource
from tests.cast import Cast


def _told(cast: Cast, after: int) -> list[tuple[str, set[int], dict[str, object]]]:
    people = {one.pk for one in cast.everybody().values()}
    rows, _to = ChatSource().between(after, log.newest(), people, most=100)
    return [(row.event, set(row.people), json.loads(row.data)) for row in rows]


def _accepted(cast: Cast) -> tuple[Room, int]:
    room = asked(cast.client, cast.it)
    handling.accept(room, by=cast.agent)
    return room, room.messages.order_by("-pk")[0].pk


def test_the_client_hears_how_far_his_operator_has_read_and_of_nobody_else(cast: Cast) -> None:
    room, last = _accepted(cast)
    start = log.newest()
    mark_read(room, by=cast.agent_b, up_to=last)
    assert [people for _event, people, _data in _told(cast, start)] == [{cast.agent_b.pk}]
    room.seats.filter(person=cast.agent).update(read_up_to=0)
    assert talk.others_read_to(room, cast.client) == 0
    start = log.newest()
    mark_read(room, by=cast.agent, up_to=last)
    assert [people for _event, people, _data in _told(cast, start)] == [
        {cast.agent.pk, cast.client.pk}
    ]
    assert talk.others_read_to(room, cast.client) == last
    start = log.newest()
    room.seats.filter(person=cast.client).update(read_up_to=0)
    mark_read(room, by=cast.client, up_to=last)
    assert {cast.agent.pk, cast.agent_b.pk, cast.client.pk} <= _told(cast, start)[0][1]


def test_that_one_mutes_is_told_to_oneself(cast: Cast) -> None:
    room, _last = _accepted(cast)
    start = log.newest()
    mute(room, by=cast.agent, is_muted=True)
    assert [row[:2] for row in _told(cast, start)] == [("read", {cast.agent.pk})]


def test_a_department_hears_that_a_talk_has_left_it_and_no_more(cast: Cast) -> None:
    room, _last = _accepted(cast)
    receive(cast.accounting)
    start = log.newest()
    handling.pass_on(room, by=cast.agent, department=cast.accounting)
    heard = [row for row in _told(cast, start) if cast.agent.pk in row[1]]
    assert heard
    assert all((row[0], row[2]) == ("state", {"room": room.pk}) for row in heard)
    assert cast.agent_b.pk in heard[0][1]
    assert not {cast.client.pk, cast.agent2.pk} & heard[0][1]
