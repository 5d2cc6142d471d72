"""A client asks for an operator, and what becomes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from estafeta.accounts.errors import Invalid as WrongSetting
from estafeta.accounts.errors import NotAllowed as MayNotSet
from estafeta.accounts.models import Person
from estafeta.chat import merged_departments, permissions, phrases, queries
from estafeta.chat.actions import write
from estafeta.chat.calling import Calls
from estafeta.chat.errors import Invalid, NotAllowed, NotNow
from estafeta.chat.models import Message, MessageKind, Room, State
from estafeta.chat.operators import handling, receiving, receptions, upkeep
from estafeta.chat.operators.asking import ask
from estafeta.chat.operators.tests.talking import asked, here, receive
from estafeta.lib import clock
from estafeta.lib.request_keys import Key
from tests.cast import Cast, member


def kinds(room: Room) -> list[str]:
    return list(room.messages.order_by("pk").values_list("kind", flat=True))


def test_a_question_waits_with_its_words(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    assert (room.state, room.department, room.client) == (State.WAITING, cast.it, cast.client)
    assert kinds(room) == [MessageKind.ASKED, MessageKind.TEXT]
    assert Room.objects.visible_to(cast.agent).get() == room
    for stranger in (cast.agent2, cast.stranger, cast.lead, cast.admin, cast.director):
        assert not Room.objects.visible_to(stranger).exists()


def test_a_client_has_one_open_talk_with_a_department(cast: Cast) -> None:
    first = asked(cast.client, cast.it)
    assert asked(cast.client, cast.it, "And the mouse") == first
    assert first.messages.written().count() == 2
    handling.accept(first, by=cast.agent)
    handling.close(first, by=cast.client)
    assert asked(cast.client, cast.it) != first


def test_the_same_question_sent_twice_is_asked_once(cast: Cast) -> None:
    receive(cast.it)
    key = Key("page:1", "d")
    rooms = {ask(cast.it, "Help", by=cast.client, submission=key) for _time in range(2)}
    assert len(rooms) == 1
    assert Message.objects.written().count() == 1


def test_the_same_question_sent_again_after_its_end_opens_no_other_talk(cast: Cast) -> None:
    receive(cast.it)
    key = Key("page:1", "d")
    room = ask(cast.it, "Help", by=cast.client, submission=key)
    handling.close(room, by=cast.client)
    assert ask(cast.it, "Help", by=cast.client, submission=key) == room
    assert Room.objects.count() == 1


def test_only_clients_ask_and_only_where_somebody_receives(cast: Cast) -> None:
    receive(cast.it)
    with pytest.raises(NotAllowed):
        ask(cast.it, "Help", by=cast.agent2)
    with pytest.raises(Invalid) as caught:
        ask(cast.accounting, "Help", by=cast.client)
    assert caught.value.field == "department"
    assert not Room.objects.exists()


def test_whoever_is_first_has_the_talk_and_the_other_is_told_who(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    handling.accept(room, by=cast.agent)
    with pytest.raises(NotNow, match="Anna Agent"):
        handling.accept(Room.objects.get(pk=room.pk), by=cast.agent_b)
    room.refresh_from_db()
    assert (room.state, room.operator) == (State.ACCEPTED, cast.agent)


def test_only_staff_of_the_department_accepts(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    for stranger in (cast.agent2, cast.client, cast.admin, cast.network_agent):
        with pytest.raises(NotAllowed):
            handling.accept(room, by=stranger)


def test_it_is_passed_to_a_colleague_or_waits_in_another_department(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    handling.accept(room, by=cast.agent)
    with pytest.raises(NotAllowed):
        handling.pass_on(room, by=cast.agent_b, person=cast.agent_b)
    with pytest.raises(Invalid):
        handling.pass_on(room, by=cast.agent, person=cast.agent2)
    handling.pass_on(room, by=cast.agent, person=cast.agent_b, reason="Knows printers")
    assert room.operator == cast.agent_b
    with pytest.raises(Invalid):
        handling.pass_on(room, by=cast.agent_b, department=cast.accounting)
    receive(cast.accounting)
    handling.pass_on(room, by=cast.agent_b, department=cast.accounting)
    assert (room.state, room.operator, room.department) == (State.WAITING, None, cast.accounting)
    assert not Room.objects.visible_to(cast.agent_b).exists()
    assert Room.objects.visible_to(cast.agent2).get() == room


def test_it_cannot_go_where_the_client_talks_already(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    asked(cast.client, cast.accounting)
    handling.accept(room, by=cast.agent)
    with pytest.raises(Invalid):
        handling.pass_on(room, by=cast.agent, department=cast.accounting)
    room.refresh_from_db()
    assert (room.department, room.state) == (cast.it, State.ACCEPTED)


@pytest.mark.parametrize("side", ["client", "agent", "head"])
def test_either_side_closes_it_and_nobody_writes_any_more(cast: Cast, side: str) -> None:
    room = asked(cast.client, cast.it)
    handling.accept(room, by=cast.agent)
    handling.close(room, by=getattr(cast, side))
    assert (room.state, room.closed_by) == (State.CLOSED, getattr(cast, side))
    with pytest.raises(NotAllowed):
        write(room, "One more", by=cast.client)
    with pytest.raises(NotNow):
        handling.close(room, by=cast.client)


def test_the_line_is_in_order_of_asking(cast: Cast) -> None:
    first, second = asked(cast.client, cast.it), asked(cast.lead, cast.it)
    assert [receiving.place_in_line(one) for one in (first, second)] == [1, 2]
    handling.accept(first, by=cast.agent)
    assert receiving.place_in_line(second) == 1


def test_the_wait_is_foretold_only_from_measured_ones(cast: Cast) -> None:
    assert receiving.usual_wait(cast.it.pk) is None
    for minutes in (1, 2, 4, 6, 50):
        room = asked(cast.client, cast.it)
        handling.accept(room, by=cast.agent)
        handling.close(room, by=cast.agent)
        Room.objects.filter(pk=room.pk).update(
            asked_at=clock.now() - timedelta(minutes=minutes), accepted_at=clock.now()
        )
    wait = receiving.usual_wait(cast.it.pk)
    assert wait is not None
    assert round(wait.total_seconds() / 60) == 4


def test_a_talk_of_an_operator_who_has_gone_waits_again(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    handling.accept(room, by=cast.agent)
    here(cast.agent)
    assert upkeep.return_due() == 0
    here(cast.agent, gone_for=timedelta(minutes=6))
    assert upkeep.return_due() == 0  # he accepted it a moment ago, perhaps from a program
    Room.objects.update(accepted_at=clock.now() - timedelta(hours=1))
    assert upkeep.return_due() == 1
    room.refresh_from_db()
    assert (room.state, room.operator) == (State.WAITING, None)
    assert kinds(room)[-1] == MessageKind.RETURNED
    receive(cast.it, return_minutes=0)
    handling.accept(room, by=cast.agent)
    Room.objects.update(accepted_at=clock.now() - timedelta(hours=1))
    assert upkeep.return_due() == 0


def test_a_silent_talk_is_closed(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    handling.accept(room, by=cast.agent)
    assert upkeep.close_due() == 0
    Room.objects.update(last_at=clock.now() - timedelta(hours=25))
    assert upkeep.close_due() == 1
    room.refresh_from_db()
    assert room.state == State.CLOSED


def test_a_silent_talk_that_nobody_took_is_closed_later(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    Room.objects.update(last_at=clock.now() - timedelta(hours=25))
    assert upkeep.close_due() == 0
    Room.objects.update(last_at=clock.now() - timedelta(days=8))
    assert upkeep.close_due() == 1
    room.refresh_from_db()
    assert room.state == State.CLOSED


def test_nothing_is_passed_to_a_closed_department(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    handling.accept(room, by=cast.agent)
    receive(cast.accounting)
    cast.accounting.is_active = False
    cast.accounting.save()
    with pytest.raises(Invalid):
        handling.pass_on(room, by=cast.agent, department=cast.accounting)


def test_a_department_is_staffed_while_one_of_it_is_here(cast: Cast) -> None:
    row = receive(cast.it)
    assert not receiving.desks([row])[0].answers
    here(cast.agent2)
    assert not receiving.desks([row])[0].answers
    here(cast.agent)
    assert receiving.desks([row])[0].answers


def test_losing_the_department_ends_the_sight_of_its_talks(cast: Cast) -> None:
    asked(cast.client, cast.it)
    newcomer = member(cast.stranger, cast.it)
    assert Room.objects.visible_to(newcomer).exists()
    newcomer.memberships.all().delete()
    newcomer.__dict__.pop("standing")
    assert not Room.objects.visible_to(newcomer).exists()


def test_an_operator_who_left_the_department_loses_the_talks_he_had(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    handling.accept(room, by=cast.agent)
    here(cast.agent)
    cast.agent.memberships.all().delete()
    gone = Person.objects.get(pk=cast.agent.pk)
    assert not Room.objects.visible_to(gone).exists()
    for deed in (permissions.Deed.WRITE, permissions.Deed.PASS_ON, permissions.Deed.PUT_BACK,
                 permissions.Deed.CLOSE, permissions.Deed.MAKE_TICKET):  # fmt: skip
        assert not permissions.may(deed, permissions.Relation(gone, room))
    assert upkeep.return_due() == 1
    room.refresh_from_db()
    assert (room.state, room.operator) == (State.WAITING, None)


def test_a_head_above_who_took_a_talk_hears_of_it(cast: Cast) -> None:
    room = asked(cast.client, cast.network)
    handling.accept(room, by=cast.head)
    assert queries.unread_rooms(cast.head) == 0
    write(room, "Hello?", by=cast.client)
    assert queries.unread_rooms(cast.head) == 1


def test_heads_and_administrators_say_when_a_department_receives(cast: Cast) -> None:
    row = receptions.change(cast.it, by=cast.head, is_open=True, days="15", about="Computers")
    assert (row.is_open, row.days) == (True, "15")
    receptions.change(cast.network, by=cast.head, is_open=True)
    receptions.change(cast.accounting, by=cast.admin, is_open=True)
    for stranger in (cast.agent, cast.client, cast.agent2):
        with pytest.raises(MayNotSet):
            receptions.change(cast.it, by=stranger, is_open=False)
    for wrong in ({"days": ""}, {"opens_at": None}, {"close_hours": 0}, {"days": "9"}):
        with pytest.raises(WrongSetting):
            receptions.change(cast.it, by=cast.head, **wrong)


def test_a_waiting_client_counts_for_all_of_the_department_until_one_accepts(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    counted = {one: queries.unread_rooms(one) for one in (cast.agent, cast.head, cast.agent2)}
    assert counted == {cast.agent: 1, cast.head: 1, cast.agent2: 0}
    handling.accept(room, by=cast.agent)
    assert queries.unread_rooms(cast.head) == 0
    write(room, "Hello?", by=cast.client)
    assert queries.unread_rooms(cast.agent) == 1


def test_a_talk_that_moves_with_its_department_calls_the_people_there(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    with transaction.atomic():
        merged_departments.follow(cast.it, cast.accounting)
    line = room.messages.order_by("-pk")[0]
    assert phrases.of_line(line) == "The talk is with the department Accounting now."
    line.room.refresh_from_db()
    called = {call.person for call in Calls([line]).all()}
    assert called == {cast.agent2}
