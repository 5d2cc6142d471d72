"""From the journal to the phone and back, by the real queue."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from estafeta.notifications import deliver, fan_out
from estafeta.notifications.models import (
    Address,
    Delivery,
    DeliveryState,
    Notification,
    Rhythm,
    Wishes,
)
from estafeta.tickets import actions
from estafeta.tickets.models import Comment
from tests.cast import Cast
from tests.orders import order
from tests.services.telegram import Phone, Telegram, labels

Listen = Callable[[], None]
Linked = Callable[..., Phone]


def deliver_all() -> None:
    while fan_out.run_once():
        pass
    while deliver.run_once():
        pass


def told(phone: Phone) -> list[Delivery]:
    return list(Delivery.objects.filter(channel="telegram", target__label="@x").order_by("pk"))


def test_a_new_ticket_reaches_the_phone_and_is_taken_there(
    cast: Cast, telegram: Telegram, listen: Listen, linked: Linked
) -> None:
    phone = linked(cast.agent)
    ticket = order(cast)
    deliver_all()
    [message] = phone.got
    [row] = told(phone)
    assert (row.state, row.server_id) == (DeliveryState.SENT, str(message["message_id"]))
    phone.press(message, "Take")
    listen()
    ticket.refresh_from_db()
    assert ticket.performer == cast.agent
    phone.write("On my way", answers=message)
    listen()
    phone.press(phone.got[-1], "The requester too")
    listen()
    assert Comment.objects.get().text == "On my way"


def test_a_blocked_bot_stops_the_address_and_nothing_more_is_tried(
    cast: Cast, telegram: Telegram, linked: Linked
) -> None:
    phone = linked(cast.agent)
    telegram.blocked.add(phone.id)
    order(cast)
    deliver_all()
    address = Address.objects.get(channel="telegram")
    assert address.stopped_at is not None
    assert "blocked by the user" in address.stopped_reason
    asked = len(telegram.asked)
    order(cast)
    deliver_all()
    assert len(telegram.asked) == asked


def test_gathered_messages_are_one_without_buttons_and_may_not_be_answered(
    cast: Cast, telegram: Telegram, listen: Listen, linked: Linked
) -> None:
    Wishes.objects.create(person=cast.agent, rhythm=Rhythm.HOURLY)
    phone = linked(cast.agent)
    order(cast, title="First <one>")
    order(cast, title="Second")
    deliver_all()
    assert not phone.got
    Delivery.objects.update(next_attempt_at=timezone.now())
    deliver_all()
    [message] = phone.got
    assert "First <one>" in message["text"]
    assert "Second" in message["text"]
    assert labels(message) == []
    phone.write("Which one?", answers=message)
    listen()
    assert "do not know which ticket" in phone.got[-1]["text"]


def test_of_several_gathered_news_of_one_ticket_the_ticket_is_known(
    cast: Cast, telegram: Telegram, listen: Listen, linked: Linked
) -> None:
    Wishes.objects.create(person=cast.agent, rhythm=Rhythm.HOURLY)
    phone = linked(cast.agent)
    ticket = order(cast)
    actions.reply(ticket, by=cast.director, text="Quickly, please")
    deliver_all()
    Delivery.objects.update(next_attempt_at=timezone.now())
    deliver_all()
    assert labels(phone.got[-1])[0] == "Take"
    phone.write("Yes", answers=phone.got[-1])
    listen()
    assert labels(phone.got[-1]) == ["The requester too", "Only colleagues"]


def test_who_may_not_see_it_any_more_is_told_nothing(
    cast: Cast, telegram: Telegram, linked: Linked
) -> None:
    phone = linked(cast.agent)
    order(cast)
    while fan_out.run_once():
        pass
    assert Notification.objects.filter(person=cast.agent).exists()
    cast.agent.memberships.all().delete()
    deliver_all()
    assert not phone.got
