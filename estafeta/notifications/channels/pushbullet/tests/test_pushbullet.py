from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms

from estafeta.notifications.channels.channel import DeliveryError
from estafeta.notifications.channels.pushbullet import Pushbullet
from estafeta.notifications.channels.pushbullet.form import API, PushbulletForm
from estafeta.notifications.content import Content
from estafeta.notifications.models import Delivery
from tests.services.pushbullet import TOKEN, PushbulletAccount, pushbullet
from tests.services.web import Reply

CONTENT = Content(title="IT-7 Принтер", text="Clara opens the ticket", link="https://d.example/7")
CHANNEL = Pushbullet()


@pytest.fixture
def account(settings: Any) -> Iterator[PushbulletAccount]:
    settings.INSIDE_ADDRESSES = ["127.0.0.1"]
    with pushbullet() as made:
        yield made


def _send(account: PushbulletAccount, content: Content = CONTENT, to: str = TOKEN) -> str:
    values = {"api": account.url}
    message = CHANNEL.write(content, [Delivery(pk=7, bundle=5)], values)
    with CHANNEL.open(values) as sender:
        return sender.send(message, to=to)


def test_a_push_arrives_with_its_link(account: PushbulletAccount) -> None:
    assert _send(account) == "ujx0"
    (push,) = account.pushes.values()
    assert (push["type"], push["title"]) == ("link", "IT-7 Принтер")
    assert push["url"] == "https://d.example/7"


def test_a_repeat_is_the_same_push(account: PushbulletAccount) -> None:
    assert _send(account) == _send(account)
    assert list(account.pushes) == ["estafeta-5"]
    assert len(account.requests) == 2


def test_without_an_address_of_ours_it_is_a_note(account: PushbulletAccount) -> None:
    _send(account, Content(title="T" * 1000, text="x" * 9000))
    (push,) = account.pushes.values()
    assert push["type"] == "note"
    assert len(push["body"]) <= 4000


def test_a_token_that_was_taken_back_stops_the_address(account: PushbulletAccount) -> None:
    with pytest.raises(DeliveryError, match="401 Access token is missing") as refused:
        _send(account, to="o.wrong-token-of-somebody-else")
    assert refused.value.address_is_dead
    assert "somebody" not in str(refused.value)


def test_it_waits_until_the_rate_is_reset(account: PushbulletAccount) -> None:
    reset = str(int(time.time()) + 120)
    account.answers = [Reply(429, b"{}", {"X-Ratelimit-Reset": reset})]
    with pytest.raises(DeliveryError) as refused:
        _send(account)
    assert refused.value.retry_after == pytest.approx(120, abs=3)
    assert not refused.value.permanent


@pytest.mark.parametrize(("status", "permanent", "fault"), [(400, True, False), (503, False, True)])
def test_other_answers(
    account: PushbulletAccount, status: int, permanent: bool, fault: bool
) -> None:
    account.answers = [Reply(status, b"<html>not json")]
    with pytest.raises(DeliveryError) as refused:
        _send(account)
    assert (refused.value.permanent, refused.value.channel_is_at_fault) == (permanent, fault)


def test_of_a_token_only_its_beginning_is_shown() -> None:
    given = CHANNEL.check_address({"token": TOKEN})
    assert given.value == TOKEN
    assert TOKEN[5:] not in given.label
    with pytest.raises(forms.ValidationError):
        CHANNEL.check_address({"token": "o.abc def ghijklmnopqrstuvw"})
    assert TOKEN not in json.dumps(str(CHANNEL.form))


def test_peoples_tokens_go_only_where_whoever_runs_the_server_says(settings: Any) -> None:
    assert PushbulletForm({}).is_valid()
    assert PushbulletForm({"api": API}).is_valid()
    for address in ("https://evil.example", "http://evil.example", "https://127.0.0.1"):
        assert "api" in PushbulletForm({"api": address}).errors, address
    settings.INSIDE_ADDRESSES = ["stand-in.example"]
    assert PushbulletForm({"api": "https://stand-in.example"}).is_valid()
