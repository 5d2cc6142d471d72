"""The page of talks and its parts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from estafeta.chat.actions import common_room, department_room, mark_read
from estafeta.chat.models import Message, Seat
from estafeta.chat.tests.talks import direct, of_client, say
from estafeta.desk.chat import history, rooms
from estafeta.lib import clock
from tests.cast import Cast


def test_the_list_shows_ones_rooms_with_what_is_new(cast: Cast, anna: Client) -> None:
    say(direct(cast.agent2, cast.agent), cast.agent2, "**Where** is it?")
    page = anna.get("/chat").text
    for words in ("Vera Accounting", "Where is it?", "All of the staff", ">IT<"):
        assert words in page
    assert page.count('class="room-count"') == 1


def test_of_many_who_wait_those_who_waited_longest_are_shown(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = of_client(cast.client, cast.it)
    of_client(cast.lead, cast.it)
    assert len(rooms.of(cast.agent).waiting) == 2
    monkeypatch.setattr(rooms, "MOST_WAITING", 1)
    assert [entry.room for entry in rooms.of(cast.agent).waiting] == [first]


def test_a_talk_shows_what_was_said_and_where_it_is_new(cast: Cast, anna: Client) -> None:
    room = department_room(cast.it.pk)
    old = say(room, cast.head, "Old words")
    mark_read(room, by=cast.agent, up_to=old.pk)
    say(room, cast.head, "New words")
    page = anna.get(f"/chat/{room.pk}").text.partition("data-messages ")[2]
    assert page.index("Old words") < page.index('id="new"') < page.index("New words")


def test_a_foreign_talk_is_not_there(cast: Cast, anna: Client) -> None:
    room = direct(cast.head, cast.agent2)
    message = say(room, cast.head)
    for address in (
        f"/chat/{room.pk}", f"/chat/{room.pk}/messages?after=0", f"/chat/{room.pk}/members",
        f"/chat/messages/{message.pk}", f"/chat/messages/{message.pk}/menu",
        f"/chat/messages/{message.pk}/readers", f"/chat/search?q=hello&room={room.pk}",
    ):  # fmt: skip
        assert anna.get(address).status_code == 404, address
    for address in (f"/chat/{room.pk}/write", f"/chat/{room.pk}/read", f"/chat/{room.pk}/mute"):
        assert anna.post(address, {"text": "Me"}).status_code == 404, address
    assert Message.objects.count() == 1


@pytest.mark.parametrize("amount", [3, 30])
def test_a_page_asks_as_often_however_much_was_said(
    cast: Cast, anna: Client, django_assert_max_num_queries: Any, amount: int
) -> None:
    room = common_room()
    for number in range(amount):
        say(room, cast.head, f"Word {number}")
        say(direct(cast.agent, (cast.head, cast.admin, cast.agent2)[number % 3]), cast.agent)
    anna.get(f"/chat/{room.pk}")
    with django_assert_max_num_queries(30):
        anna.get(f"/chat/{room.pk}")


def test_a_long_talk_comes_in_parts(cast: Cast, anna: Client) -> None:
    room = common_room()
    for number in range(history.PART + 5):
        say(room, cast.head, f"Word number {number}.")
    page = anna.get(f"/chat/{room.pk}").text
    assert "number 4." not in page
    assert f"number {history.PART + 4}." in page
    first = Message.objects.order_by("pk")[5]
    part = anna.get(f"/chat/{room.pk}/messages?before={first.pk}")
    assert "number 4." in part.text
    assert "number 5." not in part.text
    assert part.headers["X-More"] == "no"
    after = anna.get(f"/chat/{room.pk}/messages?after={first.pk}").text
    assert "number 5." not in after
    assert "number 6." in after


def test_what_is_new_far_above_is_where_the_page_opens(cast: Cast, anna: Client) -> None:
    room = common_room()
    made = [say(room, cast.head, f"Word number {number}.") for number in range(3 * history.PART)]
    Seat.objects.create(room=room, person=cast.agent, read_up_to=made[20].pk)
    page = anna.get(f"/chat/{room.pk}").text
    assert 'data-has-newer="yes"' in page
    page = page.partition("data-messages ")[2]
    assert page.index("number 20.") < page.index('id="new"') < page.index("number 21.")


def test_one_author_in_short_time_stands_under_one_name(cast: Cast, anna: Client) -> None:
    room = common_room()
    with clock.standing_at(clock.now() - timedelta(hours=1)):
        say(room, cast.head)
        say(room, cast.head)
    say(room, cast.head)
    page = anna.get(f"/chat/{room.pk}").text
    assert page.count("message-first") == 2


def test_a_wanted_message_is_shown_with_what_stands_around(cast: Cast, anna: Client) -> None:
    room = common_room()
    made = [say(room, cast.head, f"Word number {number}.") for number in range(3 * history.PART)]
    page = anna.get(f"/chat/{room.pk}?message={made[30].pk}").text
    assert "number 30." in page
    assert "number 1." not in page


def test_clients_see_no_rooms_of_the_staff(cast: Cast, clara: Client) -> None:
    say(common_room(), cast.head)
    page = clara.get("/chat").text
    assert "All of the staff" not in page
    assert clara.get(f"/chat/{common_room().pk}").status_code == 404
    assert clara.get("/chat/new").status_code == 404
    assert clara.get(f"/chat/with/{cast.head.pk}").status_code == 404


def test_search_finds_by_any_form_of_the_word_and_only_in_own_talks(
    cast: Cast, anna: Client, vera: Client
) -> None:
    room = direct(cast.agent, cast.head)
    say(room, cast.head, "Принтеры в бухгалтерии починили")
    found = anna.get("/chat/search", {"q": "принтер бухгалтерия"}).text
    assert f"/chat/{room.pk}?message=" in found
    assert f"/chat/{room.pk}?message=" not in vera.get("/chat/search", {"q": "принтер"}).text
    other = common_room()
    assert "?message=" not in anna.get("/chat/search", {"q": "принтер", "room": other.pk}).text


def test_those_who_see_the_room_can_be_called(cast: Cast, anna: Client) -> None:
    def names(room: int, asked: str = "") -> set[str]:
        answer = anna.get(f"/chat/{room}/members", {"q": asked}).json()
        return {row["value"] for row in answer["results"]}

    assert names(department_room(cast.it.pk).pk) == {"hugo", "boris"}
    assert names(department_room(cast.it.pk).pk, "hug") == {"hugo"}
    assert names(direct(cast.agent, cast.agent2).pk) == {"vera"}
    assert "clara" not in names(common_room().pk)
