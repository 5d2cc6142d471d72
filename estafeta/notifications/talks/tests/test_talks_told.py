"""Messages about the chat: to whom, gathered, taken back in time, and never to who must not know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from estafeta.accounts.models import Absence, Person
from estafeta.chat.actions import (
    common_room,
    department_room,
    mark_read,
    mute,
    open_direct,
    take_back,
    write,
)
from estafeta.chat.models import Room
from estafeta.chat.operators import handling
from estafeta.chat.operators.tests.talking import asked, here
from estafeta.desk.ledger.lines import about
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.channels.webpush import writing
from estafeta.notifications.concern import objections
from estafeta.notifications.content import content_of
from estafeta.notifications.kinds import Kind
from estafeta.notifications.message import speaking_to
from estafeta.notifications.models import Address, Delivery, TalkCall, Wishes
from estafeta.notifications.talks import concern, fan_out
from estafeta.notifications.wishing import wish
from estafeta.presence.models import Place
from tests.cast import Cast


@pytest.fixture(autouse=True)
def ready_sms(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = {name: CHANNELS[name] for name in ("mail", "sms")}
    monkeypatch.setattr("estafeta.notifications.channel_settings.ready", lambda: ready)


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-24 10:00:00+00:00", tick=False) as clock:
        yield clock


def tell() -> None:
    while fan_out.run_once():
        pass


def wants(person: Person, **cells: bool) -> None:
    wish(person, by=person, cells={name: {"mail": yes} for name, yes in cells.items()})


def told(person: Person) -> list[Delivery]:
    return list(Delivery.objects.filter(person=person).order_by("pk"))


def words(delivery: Delivery) -> tuple[str, str]:
    assert delivery.person is not None
    with speaking_to(delivery.person):
        content = content_of([delivery])
    return content.title, content.text


def reason(delivery: Delivery) -> str:
    fresh = Delivery.objects.select_related("person", "target").get(pk=delivery.pk)
    return objections(CHANNELS[fresh.channel], [fresh]).get(fresh.pk, "")


def test_a_message_while_away_makes_one_delivery(cast: Cast) -> None:
    room = open_direct(cast.agent2, by=cast.agent)
    for text in ("Are you there?", "The **server** is down"):
        write(room, text, by=cast.agent)
        tell()
    (delivery,) = told(cast.agent2)
    assert not told(cast.agent)
    assert delivery.next_attempt_at == timezone.now() + timedelta(minutes=3)
    assert words(delivery) == (
        "Anna Agent writes to you",
        "Are you there?\nThe server is down",
    )
    assert reason(delivery) == ""


def test_what_was_read_meanwhile_does_not_leave(cast: Cast) -> None:
    room = open_direct(cast.agent2, by=cast.agent)
    message = write(room, "Hello", by=cast.agent)
    tell()
    mark_read(room, by=cast.agent2, up_to=message.pk)
    (delivery,) = told(cast.agent2)
    assert reason(delivery) == concern.READ


def test_only_the_unread_rest_is_told(cast: Cast) -> None:
    room = open_direct(cast.agent2, by=cast.agent)
    first = write(room, "Read already", by=cast.agent)
    write(room, "New", by=cast.agent)
    tell()
    mark_read(room, by=cast.agent2, up_to=first.pk)
    assert words(told(cast.agent2)[0])[1] == "New"


def test_nothing_is_told_to_who_has_the_room_before_him(cast: Cast) -> None:
    room = open_direct(cast.agent2, by=cast.agent)
    now = timezone.now()
    Place.objects.create(
        session="s", page="p", place=f"room:{room.pk}", person=cast.agent2, said_at=now,
        until=now + timedelta(minutes=1), changed_at=now,
    )  # fmt: skip
    write(room, "Hello", by=cast.agent)
    tell()
    assert not told(cast.agent2)


def test_after_it_has_left_the_next_one_tells_only_what_came_since(
    cast: Cast, stopped_clock: time_machine.Traveller
) -> None:
    room = open_direct(cast.agent2, by=cast.agent)
    write(room, "First", by=cast.agent)
    tell()
    stopped_clock.shift(timedelta(minutes=5))
    write(room, "Second", by=cast.agent)
    tell()
    first, second = told(cast.agent2)
    assert (words(first)[1], words(second)[1]) == ("First", "Second")
    assert second.next_attempt_at == first.next_attempt_at + timedelta(minutes=30)


def test_what_was_taken_back_is_not_told(cast: Cast) -> None:
    room = open_direct(cast.agent2, by=cast.agent)
    message = write(room, "Oops", by=cast.agent)
    tell()
    take_back(message, by=cast.agent)
    assert reason(told(cast.agent2)[0]) == concern.READ


def test_rooms_call_only_who_is_named_or_wants_every_line(cast: Cast) -> None:
    wants(cast.agent_b, chat_room=True)
    room = department_room(cast.it.pk)
    write(room, "Morning, @hugo", by=cast.agent)
    write(room, "Coffee is ready", by=cast.agent)
    tell()
    (to_hugo,), (to_boris,) = told(cast.head), told(cast.agent_b)
    assert words(to_hugo) == ("IT", "Anna Agent: Morning, @hugo")
    assert words(to_boris)[1].count("\n") == 1
    assert {row.person for row in Delivery.objects.all()} == {cast.head, cast.agent_b}


def test_whoever_wants_every_line_hears_of_his_own_rooms_only(cast: Cast) -> None:
    for person in (cast.agent2, cast.client):
        wants(person, chat_room=True)
    write(department_room(cast.it.pk), "Inside", by=cast.agent)
    write(common_room(), "For all of us", by=cast.agent)
    tell()
    assert [row.person for row in Delivery.objects.all()] == [cast.agent2]
    assert words(told(cast.agent2)[0])[1] == "Anna Agent: For all of us"


def test_whoever_has_left_the_department_is_told_nothing_any_more(cast: Cast) -> None:
    write(department_room(cast.it.pk), "@boris secret", by=cast.agent)
    tell()
    (delivery,) = told(cast.agent_b)
    cast.agent_b.memberships.all().delete()
    assert reason(delivery) == concern.NOT_THEIRS


def test_a_muted_room_tells_only_what_calls_by_name(cast: Cast) -> None:
    room = open_direct(cast.agent2, by=cast.agent)
    mute(room, by=cast.agent2, is_muted=True)
    write(room, "Psst", by=cast.agent)
    tell()
    assert not told(cast.agent2)
    write(room, "@vera psst", by=cast.agent)
    tell()
    assert len(told(cast.agent2)) == 1


def test_muting_after_it_was_written_holds_it_back(cast: Cast) -> None:
    room = open_direct(cast.agent2, by=cast.agent)
    write(room, "Psst", by=cast.agent)
    tell()
    mute(room, by=cast.agent2, is_muted=True)
    assert reason(told(cast.agent2)[0]) == concern.MUTED_ROOM


def test_a_waiting_client_calls_the_department_at_once(cast: Cast) -> None:
    for person in (cast.head, cast.agent, cast.agent2):
        wants(person, chat_waiting=True)
    here(cast.agent)
    room = asked(cast.client, cast.it)
    tell()
    assert {row.person for row in Delivery.objects.all()} == {cast.head, cast.agent}
    delivery = told(cast.agent)[0]
    assert delivery.next_attempt_at == timezone.now()
    assert not delivery.is_gathered
    assert words(delivery) == ("Clara Client waits for an operator", "The printer is dead")
    handling.accept(room, by=cast.head)
    assert reason(delivery) == concern.NO_LONGER_WAITS


def test_a_waiting_client_does_not_break_quiet_hours(cast: Cast) -> None:
    wants(cast.agent, chat_waiting=True)
    Wishes.objects.update(quiet_from="00:00", quiet_until="23:59")
    asked(cast.client, cast.it)
    tell()
    assert not told(cast.agent)


def test_operator_and_client_hear_each_other(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    handling.accept(room, by=cast.agent)
    tell()
    assert words(told(cast.client)[0])[1] == "Anna Agent accepted the talk."
    write(room, "It still smokes", by=cast.client)
    tell()
    assert words(told(cast.agent)[0]) == ("Clara Client writes to you", "It still smokes")
    assert not told(cast.agent_b)


def test_what_is_passed_on_calls_the_new_operator_and_the_new_department(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    handling.accept(room, by=cast.agent)
    tell()
    handling.pass_on(room, by=cast.agent, person=cast.agent_b)
    tell()
    assert "passed the talk on to Boris Agent" in words(told(cast.agent_b)[0])[1]


def test_a_private_talk_is_not_quoted_in_a_short_message_unless_wished(cast: Cast) -> None:
    Address.objects.create(
        person=cast.agent2, channel="sms", label="+7 …12", fingerprint="f",
        sealed_value="x", confirmed_at=timezone.now(), created_at=timezone.now(),
    )  # fmt: skip
    wish(cast.agent2, by=cast.agent2, cells={Kind.TALKED: {"sms": True, "mail": False}})
    write(open_direct(cast.agent2, by=cast.agent), "My salary is 100", by=cast.agent)
    tell()
    (delivery,) = told(cast.agent2)
    assert words(delivery) == ("Anna Agent writes to you", "1 new message")
    Wishes.objects.update(quotes_talks=True)
    assert words(delivery)[1] == "My salary is 100"


def test_silent_absence_is_silent(cast: Cast) -> None:
    now = timezone.now()
    Absence.objects.create(
        person=cast.agent2, starts_at=now - timedelta(days=1), made_at=now, is_silent=True,
        deputy=cast.agent,
    )  # fmt: skip
    write(open_direct(cast.agent2, by=cast.head), "Hello", by=cast.head)
    tell()
    assert not Delivery.objects.exists()


def test_nobody_is_told_of_the_chat_by_rank(cast: Cast) -> None:
    write(open_direct(cast.agent2, by=cast.agent), "@ada @dora look", by=cast.agent)
    tell()
    assert {row.person for row in Delivery.objects.all()} == {cast.agent2}


def test_telling_a_batch_takes_the_same_number_of_queries_however_many_it_is(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    room: Room = common_room()
    for number in range(30):
        write(room, f"@hugo @vera @boris {number}", by=cast.agent)
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        fan_out.run_once()
    assert TalkCall.objects.count() == 3


def test_a_browser_shows_one_line_a_room_and_opens_the_talk(cast: Cast) -> None:
    room = open_direct(cast.agent2, by=cast.agent)
    write(room, "Hello", by=cast.agent)
    tell()
    (delivery,) = told(cast.agent2)
    shown = writing.shown(content_of([delivery]), delivery)
    assert (shown["tag"], shown["path"]) == (f"room-{room.pk}", f"/chat/{room.pk}")


def test_the_ledger_says_that_it_was_of_the_chat_and_not_what(cast: Cast) -> None:
    write(open_direct(cast.agent2, by=cast.agent), "Secret", by=cast.agent)
    tell()
    assert about(told(cast.agent2)[0]) == "Written to me in the chat"
