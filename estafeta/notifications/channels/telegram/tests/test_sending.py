"""What Telegram answers, and what that means for the message, the chat and the channel."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from estafeta.accounts.models import Site
from estafeta.lib import outside
from estafeta.notifications.channels.channel import LONGEST_PEACE, DeliveryError
from estafeta.notifications.channels.telegram import Telegram as Channel
from estafeta.notifications.channels.telegram import message, sender, writing
from estafeta.notifications.channels.telegram.bot import BotError, _error, _said
from estafeta.notifications.channels.telegram.form import TelegramForm
from estafeta.notifications.content import Content
from tests.cast import Cast
from tests.services.telegram import TOKEN, Phone, Refusal, Telegram, bot_api


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Telegram]:
    settings.INSIDE_ADDRESSES = ["127.0.0.1"]
    monkeypatch.setattr(sender, "A_CHAT_SECONDS", 0)
    with bot_api() as server:
        yield server


def send(telegram: Telegram, to: str = "42", token: str = TOKEN, **fields: object) -> str:
    channel, values = Channel(), {"token": token, "api_url": telegram.url}
    content = json.dumps({**message("Hello", None), **fields}).encode()
    with channel.open(values) as way:
        return way.send(content, to=to)


def refused(telegram: Telegram, *args: str) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        send(telegram, *args)
    assert TOKEN not in str(caught.value)
    return caught.value


def test_the_number_of_the_message_is_its_name_there(telegram: Telegram) -> None:
    phone = Phone(telegram, 42)
    assert send(telegram) == str(phone.got[0]["message_id"])


@pytest.mark.parametrize(
    ("refusal", "dead", "permanent", "at_fault", "after"),
    [
        (Refusal(403, "Forbidden: bot was blocked by the user"), True, True, False, None),
        (Refusal(403, "Forbidden: user is deactivated"), True, True, False, None),
        (Refusal(400, "Bad Request: chat not found"), True, True, False, None),
        (Refusal(400, "Bad Request: message is too long"), False, True, False, None),
        (
            Refusal(429, "Too Many Requests: retry after 17", retry_after=17),
            False, False, False, 17,
        ),
        (Refusal(429, "Too Many Requests", retry_after="soon"), False, False, False, 1.0),
        (Refusal(429, "Too Many Requests", retry_after=[1]), False, False, False, 1.0),
        (Refusal(429, "Too Many Requests", retry_after=1e300), False, False, False, LONGEST_PEACE),
        (Refusal(429, "Too Many Requests", retry_after=-5), False, False, False, 0),
        (Refusal(500, "Internal Server Error"), False, False, True, None),
        (Refusal(502, "Bad Gateway"), False, False, True, None),
    ],
)  # fmt: skip
def test_refusals_mean_what_they_say(
    telegram: Telegram, refusal: Refusal, dead: bool, permanent: bool, at_fault: bool,
    after: float | None,
) -> None:  # fmt: skip
    Phone(telegram, 42)
    telegram.refusals.append(refusal)
    error = refused(telegram)
    assert (error.address_is_dead, error.permanent, error.channel_is_at_fault, error.retry_after) == (
        dead, permanent, at_fault, after,
    )  # fmt: skip
    assert send(telegram)


def test_a_wrong_token_and_a_server_that_is_away_are_the_channels_fault(telegram: Telegram) -> None:
    Phone(telegram, 42)
    for token in ("nonsense", TOKEN[:-1] + "x"):
        assert refused(telegram, "42", token).channel_is_at_fault
    telegram.port = 9
    error = refused(telegram)
    assert error.channel_is_at_fault
    assert not error.permanent


def test_a_button_that_telegram_does_not_like_costs_only_the_button(telegram: Telegram) -> None:
    phone = Phone(telegram, 42)
    rows = [[{"text": "Take", "callback_data": "x"}], [{"text": "Open", "url": "http://desk/1"}]]
    send(telegram, reply_markup={"inline_keyboard": rows})
    assert phone.got[0]["reply_markup"]["inline_keyboard"] == rows[:1]


def test_one_chat_gets_one_message_a_second_and_others_need_not_wait(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "A_CHAT_SECONDS", 0.2)
    pace = sender.Pace()
    started = time.monotonic()
    for chat in ("1", "2", "3", "1", "1"):
        pace.wait(chat)
    assert 0.4 <= time.monotonic() - started < 0.6


def test_a_kept_connection_that_was_closed_is_opened_again(telegram: Telegram) -> None:
    phone = Phone(telegram, 42)
    channel, values = Channel(), {"token": TOKEN, "api_url": telegram.url}
    content = json.dumps(message("Hello", None)).encode()
    with channel.open(values) as way:
        way.send(content, to="42")
        (kept,) = way._bot._way._kept.values()  # type: ignore[union-attr]
        kept.sock.shutdown(2)
        way.send(content, to="42")
    assert len(phone.got) == 2


@pytest.mark.parametrize("length", [0, 1, 4, 5, 50])
@pytest.mark.parametrize("text", ["plain words", "🔥🔥🔥🔥", "я🔥" * 9, ""])
def test_what_is_cut_fits_and_is_a_beginning(text: str, length: int) -> None:
    cut = writing.cut(text, length)
    assert len(cut.encode("utf-16-le")) // 2 <= max(length, 1)
    assert text.startswith(cut.removesuffix("…").rstrip()) or cut == text


def test_gathered_messages_go_by_ticket_and_fit(db: None, settings: Any) -> None:
    settings.INSIDE_ADDRESSES = ["127.0.0.1"]
    parts = [
        Content(title=f"#{n} <T>", text="&" * 500, link="https://desk.example.org/t")
        for n in range(60)
    ]
    text = writing.text_of(Content(title="60 messages", text="", parts=parts, hint="<hint>"))
    assert "and 54 more" in text
    assert "&lt;T&gt;" in text
    assert len(text) < 4096 * 4
    with bot_api() as server:
        Phone(server, 42)
        send(server, text=text)


def test_the_form_asks_telegram_whose_token_it_is(cast: Cast, telegram: Telegram) -> None:
    form = TelegramForm({"token": TOKEN, "api_url": telegram.url})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["bot"] == "house_bot"
    for token in ("nonsense", TOKEN[:-1] + "x"):
        wrong = TelegramForm({"token": token, "api_url": telegram.url})
        assert wrong.errors["token"] == ["Telegram does not know this token."]
        assert token not in str(wrong.errors)
    away = TelegramForm({"token": TOKEN, "api_url": "http://127.0.0.1:9"})
    assert "cannot be asked now" in away.errors["token"][0]


def test_telegram_can_call_only_https(cast: Cast, telegram: Telegram) -> None:
    given = {"token": TOKEN, "api_url": telegram.url, "receiving": "webhook"}
    assert "receiving" in TelegramForm(given).errors
    site = Site.current()
    site.public_url = "https://desk.example.org"
    site.save()
    assert TelegramForm(given).is_valid()
    assert "proxy" in TelegramForm({**given, "proxy": "socks5://x"}).errors


def test_an_api_inside_has_to_be_allowed_by_the_operator(
    cast: Cast, telegram: Telegram, settings: Any
) -> None:
    settings.INSIDE_ADDRESSES = []
    assert "api_url" in TelegramForm({"token": TOKEN, "api_url": telegram.url}).errors
    inside = TelegramForm({"token": TOKEN, "proxy": "http://127.0.0.1:3128"})
    assert "inside" in str(inside.errors["proxy"])


def test_what_points_inside_by_now_gets_nothing(telegram: Telegram, settings: Any) -> None:
    Phone(telegram, 42)
    settings.INSIDE_ADDRESSES = []
    error = refused(telegram)
    assert "inside" in str(error) or "https" in str(error)
    assert error.channel_is_at_fault
    assert telegram.asked == []


def test_a_proxy_that_points_inside_by_now_gets_nothing(
    telegram: Telegram, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.INSIDE_ADDRESSES = []
    monkeypatch.setattr(
        "estafeta.lib.outside.addresses.socket.getaddrinfo",
        lambda *_, **__: [(2, 1, 6, "", ("192.168.0.1", 3128))],
    )
    values = {"token": TOKEN, "proxy": "http://proxy.example:3128"}
    with Channel().open(values) as way, pytest.raises(DeliveryError, match="inside"):
        way.send(b'{"text": "Hello"}', to="42")


@pytest.mark.parametrize("said", [b"[]", b'{"ok": false, "error_code": "x", "parameters": [1]}'])
def test_an_answer_of_any_shape_is_an_error_of_ours(said: bytes) -> None:
    answer = outside.Answer(429, {}, said)
    with pytest.raises(BotError) as caught:
        raise _error(_said(answer), answer.status)
    assert caught.value.code == 429
    assert caught.value.retry_after is None


@pytest.mark.parametrize("sign", ["<", "🔥", "я&"])
def test_the_longest_of_everything_fits(cast: Cast, telegram: Telegram, sign: str) -> None:
    phone, long = Phone(telegram, 42), sign * 9000
    entry: Any = SimpleNamespace(
        actor=cast.agent, phrase=long, notice=long, files=long, text="as shipped", number=1
    )
    part = Content(title=long, text=long, hint=long, link="http://desk/" + "x" * 900)
    contents = [
        Content(title=long, text="as shipped", said=long, message=entry,
                hint=long, link=part.link),
        Content(title=long, text=long, message=entry, hint=long, link=part.link),
        Content(title=long, text=long, said=long, hint=long, link=part.link),
        Content(title=long, text=long, parts=[part] * 99, hint=long, link=part.link),
    ]  # fmt: skip
    for content in contents:
        outcome = writing.with_outcome(writing.text_of(content), long)
        send(telegram, text=outcome)
    assert len(phone.got) == 4
