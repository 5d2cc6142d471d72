"""An address that is dead gets nothing more, and its owner hears of it another way."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from estafeta.accounts.models import Person
from estafeta.notifications import deliver
from estafeta.notifications.channels.channel import DeliveryError
from estafeta.notifications.models import Address, Delivery
from estafeta.notifications.outbox import dead
from estafeta.notifications.outbox.tests.made_up import MadeUp, made_up, queued
from tests.cast import Cast


@pytest.fixture
def channel(db: None, monkeypatch: pytest.MonkeyPatch) -> MadeUp:
    return made_up(monkeypatch)


@pytest.fixture
def other(db: None, monkeypatch: pytest.MonkeyPatch) -> MadeUp:
    made = made_up(monkeypatch, "other")
    made.is_on_card = False  # type: ignore[misc]
    return made


def address(channel: str, label: str, **owner: Any) -> Address:
    now = timezone.now()
    row = Address(channel=channel, label=label, created_at=now, confirmed_at=now, **owner)
    row.value = f"value of {label}"
    row.save()
    return row


def notices() -> list[tuple[str, str, Person | None]]:
    rows = Delivery.objects.filter(notice__name="address_stopped").order_by("pk")
    return [(row.channel, row.address, row.person) for row in rows]


def kill(channel: MadeUp) -> None:
    channel.answer = lambda _to: DeliveryError(
        "blocked by user", permanent=True, address_is_dead=True
    )


def test_nothing_more_goes_there_and_the_owner_hears_another_way(
    cast: Cast, channel: MadeUp, other: MadeUp
) -> None:
    phone, chat = (
        address("made_up", "phone", person=cast.agent), address("other", "chat", person=cast.agent),
    )  # fmt: skip
    for _ in range(3):
        queued(cast, "phone", target=phone)
    kill(channel)
    deliver.run_once()
    assert len(channel.tried) == 1
    phone.refresh_from_db()
    assert phone.stopped_at is not None
    assert phone.stopped_reason == "blocked by user"
    rows = Delivery.objects.filter(target=phone)
    assert set(rows.values_list("state", "cause")) == {("failed", "blocked by user")}
    assert notices() == [("other", "chat", cast.agent)]
    deliver.run_once()
    assert other.receivers == [chat.value]
    told = Delivery.objects.get(channel="other").notice
    assert told == {
        "name": "address_stopped", "channel": "made_up", "address": "phone",
        "reason": "blocked by user",
    }  # fmt: skip


def test_it_is_told_once_however_many_messages_were_on_their_way(
    cast: Cast, channel: MadeUp, other: MadeUp
) -> None:
    phone = address("made_up", "phone", person=cast.agent)
    address("other", "chat", person=cast.agent)
    row = queued(cast, "phone", target=phone)
    assert dead.stop(row, "gone") is True
    assert dead.stop(row, "gone") is False
    assert len(notices()) == 1


def test_an_address_of_the_card_gets_a_row_that_is_stopped(
    cast: Cast, channel: MadeUp, other: MadeUp
) -> None:
    address("other", "chat", person=cast.agent)
    queued(cast, "anna@example.org")
    kill(channel)
    deliver.run_once()
    row = Address.objects.get(channel="made_up")
    assert (row.person, row.value, row.label) == (cast.agent, "anna@example.org", row.value)
    assert row.stopped_at is not None
    assert notices() == [("other", "chat", cast.agent)]


def test_who_has_no_other_way_is_told_on_the_page_only(cast: Cast, channel: MadeUp) -> None:
    phone = address("made_up", "phone", person=cast.agent)
    queued(cast, "phone", target=phone)
    kill(channel)
    deliver.run_once()
    assert Address.objects.get(pk=phone.pk).stopped_at is not None
    assert notices() == []


def test_of_a_departments_address_the_heads_hear(
    cast: Cast, channel: MadeUp, other: MadeUp
) -> None:
    room = address("made_up", "room", department=cast.it)
    address("other", "hugos chat", person=cast.head)
    address("other", "annas chat", person=cast.agent)
    dead.stop(queued(cast, "room", target=room, person=None), "410 Gone")
    assert notices() == [("other", "hugos chat", cast.head)]
    assert Delivery.objects.get(channel="other").notice["department"] == "IT"


def test_of_another_systems_address_the_administrators_hear(
    cast: Cast, channel: MadeUp, other: MadeUp
) -> None:
    hook = address("made_up", "hook")
    address("other", "adas chat", person=cast.admin)
    dead.stop(queued(cast, "hook", target=hook, person=None), "410 Gone")
    assert notices() == [("other", "adas chat", cast.admin)]


def test_a_stopped_address_is_no_other_way(cast: Cast, channel: MadeUp, other: MadeUp) -> None:
    phone = address("made_up", "phone", person=cast.agent)
    address("other", "chat", person=cast.agent, stopped_at=timezone.now())
    second = address("made_up", "tablet", person=cast.agent)
    dead.stop(queued(cast, "phone", target=phone), "gone")
    assert notices() == [("made_up", second.label, cast.agent)]
