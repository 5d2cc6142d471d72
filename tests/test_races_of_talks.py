"""Two hands on one talk with an operator at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from estafeta.carrying.talk_to_ticket import carry
from estafeta.chat.errors import NotNow
from estafeta.chat.models import Message, MessageKind, Room, State
from estafeta.chat.operators import handling
from estafeta.chat.operators.asking import ask
from estafeta.chat.operators.tests.talking import asked, receive
from estafeta.tickets.models import Ticket
from tests.cast import Cast
from tests.test_races import at_once, cast, real_database

__all__ = ["cast", "real_database"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def lines(room: Room, kind: MessageKind) -> int:
    return room.messages.filter(kind=kind).count()


def test_of_two_who_accept_one_has_it_and_the_other_is_told_who(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    acts: list[Callable[[], Any]] = [
        partial(handling.accept, Room.objects.get(pk=room.pk), by=one)
        for one in (cast.agent, cast.agent_b, cast.head)
    ]
    answers = at_once(*acts)
    late = [answer for answer in answers if isinstance(answer, NotNow)]
    assert len(late) == 2, answers
    room.refresh_from_db()
    assert room.operator is not None
    assert all(room.operator.name in str(answer) for answer in late)
    assert lines(room, MessageKind.ACCEPTED) == 1


def test_asking_in_two_windows_at_once_opens_one_talk(cast: Cast) -> None:
    receive(cast.it)
    answers = at_once(
        *(partial(ask, cast.it, text, by=cast.client) for text in ("One", "Two", "Three"))
    )
    assert all(isinstance(answer, Room) for answer in answers), answers
    assert Room.objects.filter(client=cast.client, state=State.WAITING).count() == 1
    assert Message.objects.written().count() == 3


def test_two_who_make_a_ticket_make_one(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    handling.accept(room, by=cast.agent)
    acts: list[Callable[[], Any]] = [
        partial(
            carry, Room.objects.select_related("client").get(pk=room.pk), by=one,
            title="Smoke", text="It smokes", department=cast.it,
        )
        for one in (cast.agent, cast.client)
    ]  # fmt: skip
    answers = at_once(*acts)
    assert {type(answer) for answer in answers} == {Ticket, NotNow}, answers
    assert Ticket.objects.count() == 1
    room.refresh_from_db()
    assert room.ticket_number == Ticket.objects.get().pk
    assert lines(room, MessageKind.TICKET) == 1


def test_accepting_and_closing_at_once_end_in_one_order(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    at_once(
        partial(handling.accept, Room.objects.get(pk=room.pk), by=cast.agent),
        partial(handling.close, Room.objects.get(pk=room.pk), by=cast.client),
    )
    room.refresh_from_db()
    assert room.state == State.CLOSED
    assert lines(room, MessageKind.CLOSED) == 1
