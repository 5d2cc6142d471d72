"""A bot of the house, a stand-in for Telegram, and people who have linked their phones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone

from estafeta.accounts.models import Person, Site
from estafeta.notifications import channel_settings
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.channels.telegram import linking
from estafeta.notifications.content import content_of
from estafeta.notifications.message import speaking_to
from estafeta.notifications.models import ChannelSettings, Delivery, DeliveryState, Notification
from estafeta.telegram import receive, registration
from estafeta.tickets.models import Ticket
from tests.cast import Cast
from tests.services.telegram import TOKEN, Phone, Telegram, bot_api

NAME = "telegram"


@pytest.fixture
def telegram(cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Telegram]:
    settings.INSIDE_ADDRESSES = ["127.0.0.1"]
    monkeypatch.setattr(registration, "_registered", ())
    monkeypatch.setattr(receive, "receiver", receive.Receiver())
    monkeypatch.setattr(receive, "POLL_SECONDS", 0)
    monkeypatch.setattr("estafeta.notifications.channels.telegram.sender.A_CHAT_SECONDS", 0)
    site = Site.current()
    site.public_url = "https://desk.example.org"
    site.save()
    with bot_api() as server:
        set_up(server)
        yield server
    channel_settings.forget()


def set_up(server: Telegram, **values: Any) -> None:
    """As an administrator does on the channel's page."""
    row = ChannelSettings(channel=NAME, is_on=True, changed_at=timezone.now())
    row.values = {"token": TOKEN, "api_url": server.url, "bot": "house_bot", **values}
    row.save()
    channel_settings.forget()


@pytest.fixture
def listen() -> Callable[[], None]:
    """Let the worker ask Telegram until nothing is left."""

    def ask() -> None:
        for _ in range(20):
            receive.run_once()

    return ask


@pytest.fixture
def linked(telegram: Telegram) -> Callable[..., Phone]:
    """A phone whose chat belongs to the person."""

    def make(person: Person, number: int = 0, **more: Any) -> Phone:
        phone = Phone(telegram, number or 7000 + person.pk, **more)
        assert linking.link(linking.new_code(person).text, chat=str(phone.id), name="@x") == person
        return phone

    return make


def tell(phone: Phone, ticket: Ticket) -> dict[str, Any]:
    """The newest entry, told to the owner of the phone as the engine does it."""
    address = linking.owner_of(str(phone.id))
    assert address is not None
    assert address.person is not None
    entry = ticket.entries.order_by("seq").last()
    assert entry is not None
    notification, _made = Notification.objects.get_or_create(
        person=address.person, entry=entry, ticket=ticket, defaults={"created_at": timezone.now()}
    )
    delivery = Delivery.objects.create(
        notification=notification, person=address.person, channel=NAME, target=address,
        address=address.label, created_at=timezone.now(), next_attempt_at=timezone.now(),
        expires_at=timezone.now(),
    )  # fmt: skip
    channel, values = CHANNELS[NAME], channel_settings.values_of(NAME)
    with speaking_to(address.person):
        message = channel.write(content_of([delivery]), [delivery], values)
    with channel.open(values) as sender:
        delivery.server_id = sender.send(message, to=channel.address_of(delivery))
    delivery.state = DeliveryState.SENT
    delivery.save()
    return phone.got[-1]
