"""A chat is linked by a code, once, and let go from either side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from estafeta.accounts.models import Person, SecurityEntry
from estafeta.notifications.channels.telegram import linking
from estafeta.notifications.models import Address, LinkCode
from tests.cast import Cast
from tests.services.telegram import Phone, Telegram

Listen = Callable[[], None]


def test_a_code_links_the_chat_and_the_bot_confirms_in_the_persons_language(
    cast: Cast, telegram: Telegram, listen: Listen
) -> None:
    Person.objects.filter(pk=cast.agent.pk).update(language="ru")
    code = linking.new_code(cast.agent)
    # Long: two digits stand in any sealed text now and then.
    phone = Phone(telegram, 4242424242, language="en", username="anna_a")
    phone.write(f"/start {code.text}")
    listen()
    address = Address.objects.get(person=cast.agent)
    assert (address.value, address.label) == ("4242424242", "@anna_a")
    assert address.confirmed_at is not None
    assert "4242424242" not in address.sealed_value
    assert "Anna Agent" in phone.got[-1]["text"]
    assert SecurityEntry.objects.filter(about=cast.agent, kind__contains="address").exists()


def test_a_code_works_once_and_for_a_quarter_of_an_hour(
    cast: Cast, telegram: Telegram, listen: Listen
) -> None:
    code = linking.new_code(cast.agent).text
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        Phone(telegram, 42).write(f"/start {code}")
        listen()
    assert not Address.objects.exists()
    code = linking.new_code(cast.agent).text
    Phone(telegram, 42).write(f"/start {code}")
    late = Phone(telegram, 43)
    late.write(f"/start {code}")
    listen()
    assert Address.objects.get().value == "42"
    assert "not valid" in late.got[-1]["text"]


def test_the_newest_code_is_the_only_one_and_none_lies_open_in_the_database(cast: Cast) -> None:
    first, second = linking.new_code(cast.agent).text, linking.new_code(cast.agent).text
    assert linking.link(first, chat="42", name="x") is None
    assert second not in str(LinkCode.objects.values_list())
    assert linking.link(second.lower(), chat="42", name="x") == cast.agent


def test_a_chat_of_one_person_does_not_become_anothers(
    cast: Cast, telegram: Telegram, listen: Listen, linked: Callable[..., Phone]
) -> None:
    phone = linked(cast.agent)
    phone.write(f"/start {linking.new_code(cast.head).text}")
    listen()
    assert Address.objects.get().person == cast.agent
    assert "another account" in phone.got[-1]["text"]


def test_nobody_in_particular_is_told_how_to_link(
    cast: Cast, telegram: Telegram, listen: Listen
) -> None:
    phone = Phone(telegram, 42)
    for text in ("/start", "/my", "/help", "/stop", "Hello", "/start ☃", "/start " + "x" * 3000):
        phone.write(text)
        listen()
        assert "code" in phone.got[-1]["text"], text


def test_stop_unlinks_from_the_chat_and_removing_it_from_the_profile(
    cast: Cast, telegram: Telegram, listen: Listen, linked: Callable[..., Phone]
) -> None:
    phone = linked(cast.agent)
    phone.write("/stop")
    listen()
    assert not Address.objects.exists()
    assert "nothing more" in phone.got[-1]["text"]
    phone = linked(cast.agent)
    linking.unlink(linking.chats_of(cast.agent)[0], by=cast.agent)
    phone.write("/my")
    listen()
    assert "do not know you" in phone.got[-1]["text"]


def test_a_blocked_bot_stops_the_address_until_it_may_write_again(
    cast: Cast, telegram: Telegram, listen: Listen, linked: Callable[..., Phone]
) -> None:
    phone = linked(cast.agent)
    phone.change("kicked")
    listen()
    assert Address.objects.get().stopped_reason == "The bot was blocked in Telegram."
    phone.change("member")
    listen()
    assert Address.objects.get().stopped_at is None


def test_the_chat_of_somebody_who_is_switched_off_is_dead(
    cast: Cast, telegram: Telegram, listen: Listen, linked: Callable[..., Phone]
) -> None:
    phone = linked(cast.agent)
    Person.objects.filter(pk=cast.agent.pk).update(is_active=False)
    phone.write("/my")
    listen()
    assert "switched off" in phone.got[-1]["text"]
    assert linking.link(linking.new_code(cast.agent).text, chat="9", name="x") is None


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
def test_in_groups_the_bot_hears_nothing(
    cast: Cast, telegram: Telegram, listen: Listen, kind: str
) -> None:
    code = linking.new_code(cast.agent).text
    telegram.known.add(-100)
    telegram.put(
        message={
            "message_id": 5, "from": {"id": 42, "is_bot": False, "first_name": "A"}, "date": 0,
            "chat": {"id": -100, "type": kind}, "text": f"/start {code}",
        }
    )  # fmt: skip
    listen()
    assert not Address.objects.exists()
    assert not telegram.chats[-100]
