"""One worker asks Telegram, loses nothing when it dies, and keeps quiet when Telegram is away."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from estafeta.accounts.models import Site
from estafeta.lib.jobs import runner
from estafeta.lib.jobs.runner import worker_name
from estafeta.notifications import channel_settings
from estafeta.notifications.models import Inbox
from estafeta.telegram import receive, registration, updates
from estafeta.telegram.tests.conftest import set_up, tell
from estafeta.tickets.models import Entry
from estafeta.tickets.verbs import Verb
from tests.cast import Cast
from tests.orders import order
from tests.services.telegram import TOKEN, Phone, Refusal, Telegram

Listen = Callable[[], None]
Linked = Callable[..., Phone]


def test_a_worker_that_died_after_the_verb_does_it_once(
    cast: Cast, telegram: Telegram, linked: Linked, listen: Listen
) -> None:
    ticket, phone = order(cast), linked(cast.agent)
    phone.press(tell(phone, ticket), "Take")
    before = list(telegram.updates)
    listen()
    Inbox.objects.update(position=0)
    telegram.updates = before
    listen()
    assert Entry.objects.filter(ticket=ticket, verb=Verb.TAKE).count() == 1


def test_only_the_worker_with_the_lease_asks(
    cast: Cast, telegram: Telegram, listen: Listen
) -> None:
    Inbox.objects.create(
        channel="telegram", worker="another:1", leased_until=timezone.now() + receive.LEASE
    )
    Phone(telegram, 42).write("/help")
    listen()
    assert telegram.updates
    assert not [method for method, _given in telegram.asked if method == "getUpdates"]
    Inbox.objects.update(leased_until=timezone.now())
    listen()
    assert not telegram.updates


def test_a_worker_that_took_too_long_leaves_the_rest_to_the_next(
    cast: Cast, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = Phone(telegram, 42)
    for _ in range(3):
        phone.write("/help")
    until = timezone.now() + receive.LEASE
    plain = updates.handle

    def slowly(bot: Any, update: dict[str, Any]) -> None:
        plain(bot, update)
        Inbox.objects.update(worker="another:1", leased_until=until)

    monkeypatch.setattr(updates, "handle", slowly)
    for _ in range(5):
        receive.run_once()
    assert len(phone.got) == 1
    assert Inbox.objects.get().worker == "another:1"


def test_nobody_waits_for_the_lease_of_a_process_that_has_died(
    cast: Cast, telegram: Telegram, listen: Listen
) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    host = worker_name().rpartition(":")[0]
    Inbox.objects.create(
        channel="telegram", worker=f"{host}:{ended.pid}",
        leased_until=timezone.now() + receive.LEASE,
    )  # fmt: skip
    phone = Phone(telegram, 42)
    phone.write("/help")
    listen()
    assert phone.got


def test_the_position_is_forgotten_once_telegram_has_confirmed_it(
    cast: Cast, telegram: Telegram, listen: Listen
) -> None:
    phone = Phone(telegram, 42)
    phone.write("/help")
    listen()
    assert Inbox.objects.get().position == 0
    # After a quiet week the numbers may begin anywhere.
    telegram.updates.append({**phone.write("/help"), "update_id": 5})
    del telegram.updates[-2]
    listen()
    assert len(phone.got) == 2


def test_an_update_that_cannot_be_understood_stops_nobody(
    cast: Cast, telegram: Telegram, listen: Listen, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.put(message={"chat": None})
    telegram.put(callback_query={"id": "1"})
    telegram.put(poll={"id": "1"})
    phone = Phone(telegram, 42)
    phone.write("/help")
    listen()
    assert phone.got
    assert "was not understood" in caplog.text
    assert TOKEN not in caplog.text


def test_when_telegram_is_away_it_is_left_alone_for_a_while(
    cast: Cast, telegram: Telegram, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    asked: list[str] = []

    def refuse(_given: dict[str, Any]) -> Any:
        asked.append("getUpdates")
        raise Refusal(429, "Too Many Requests: retry after 30", retry_after=30)

    monkeypatch.setattr(telegram, "do_getUpdates", refuse, raising=False)
    for _ in range(10):
        assert receive.run_once() == 0
    assert asked == ["getUpdates"]
    assert caplog.text.count("cannot be asked") == 1
    assert TOKEN not in caplog.text


def test_telegram_learns_the_commands_in_every_language_once(
    cast: Cast, telegram: Telegram, listen: Listen
) -> None:
    listen()
    assert set(telegram.commands) == {"", "en", "ru", "uk"}
    methods = [method for method, _given in telegram.asked]
    assert methods.count("setMyCommands") == 4
    assert methods.count("deleteWebhook") == 1


def by_webhook(telegram: Telegram) -> dict[str, str]:
    set_up(telegram, receiving="webhook")
    receive.run_once()
    return {"X-Telegram-Bot-Api-Secret-Token": telegram.webhook["secret_token"]}


def test_telegram_may_call_instead_and_what_it_says_twice_is_done_once(
    cast: Cast, telegram: Telegram, linked: Linked, client: Client
) -> None:
    headers = by_webhook(telegram)
    assert telegram.webhook["url"] == "https://desk.example.org/telegram/updates"
    ticket, phone = order(cast), linked(cast.agent)
    update = phone.press(tell(phone, ticket), "Take")
    for _ in range(2):
        answer = client.post(
            "/telegram/updates", json.dumps(update), content_type="application/json",
            headers=headers,
        )  # fmt: skip
        assert answer.status_code == 200
    while runner.run_one():
        pass
    assert Entry.objects.filter(ticket=ticket, verb=Verb.TAKE).count() == 1
    assert len(telegram.answered) == 1


def test_whoever_does_not_know_the_secret_finds_nothing(
    cast: Cast, telegram: Telegram, client: Client
) -> None:
    def call(headers: dict[str, str], body: bytes = b'{"update_id": 1}') -> int:
        answer = client.post(
            "/telegram/updates", body, content_type="application/json", headers=headers
        )
        return int(answer.status_code)

    right = by_webhook(telegram)
    wrong = {"X-Telegram-Bot-Api-Secret-Token": "x" * 64}
    assert [call({}), call(wrong), call(right), call(right, b"[]"), call(right, b"\xff")] == [
        404, 404, 200, 400, 400,
    ]  # fmt: skip
    set_up(telegram)
    assert call(right) == 404


def test_the_secret_is_not_the_token_and_changes_with_it(cast: Cast) -> None:
    one, two = registration.secret({"token": "a"}), registration.secret({"token": "b"})
    assert one != two
    assert "a" * 5 not in one


def test_nobody_is_asked_where_the_channel_is_off(cast: Cast) -> None:
    channel_settings.forget()
    assert receive.Receiver().run_once() == 0
    assert updates.WANTED
    assert Site.current()


def test_whoever_mends_the_settings_need_not_wait_for_the_end_of_the_peace(
    cast: Cast, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_given: dict[str, Any]) -> Any:
        raise Refusal(429, "Too Many Requests: retry after 3000", retry_after=3000)

    with monkeypatch.context() as away:
        away.setattr(telegram, "do_getUpdates", refuse, raising=False)
        assert receive.run_once() == 0
    phone = Phone(telegram, 42)
    phone.write("/help")
    assert receive.run_once() == 0
    assert not phone.got
    set_up(telegram, api_url=f"{telegram.url}/")
    receive.run_once()
    assert phone.got


def test_the_lease_of_a_clock_that_ran_ahead_holds_nobody_up(
    cast: Cast, telegram: Telegram, listen: Listen
) -> None:
    ahead = timezone.now() + timedelta(days=365)
    Inbox.objects.create(channel="telegram", worker="another:1", leased_until=ahead)
    Phone(telegram, 42).write("/help")
    listen()
    assert not telegram.updates


def test_peace_that_telegram_asks_for_has_an_end() -> None:
    receiver = receive.Receiver()
    receiver._rest(receive.BotError(429, "Too Many Requests", 1e300))
    assert receiver._not_before <= time.monotonic() + receive.LONGEST_PEACE
