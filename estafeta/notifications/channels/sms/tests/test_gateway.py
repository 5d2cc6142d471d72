"""Any provider's HTTP interface, and every answer it may give."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from estafeta.notifications.channels.channel import DeliveryError
from estafeta.notifications.channels.sms import Sms, patterns
from estafeta.notifications.channels.sms.form import SmsForm
from tests.services.sms_gateway import KEY, Provider, provider

PHONE = "+79123456789"
HOSTILE = 'Ticket "1" & {secret} \\ 100 %\r\nX-Evil: 1 {phone}; Сервер 🔥'
WAYS: list[dict[str, str]] = [
    {
        "gateway_method": "GET",
        "gateway_url": "/send?key={secret}&to={digits}&text={text}&ref={id}",
    },
    {"gateway_url": "/send", "gateway_body": "key={secret}&to={phone}&text={text}&ref={id}"},
    {
        "gateway_url": "/send", "gateway_body_kind": "json",
        "gateway_headers": "Authorization: Bearer {secret}\nX-Ref: {id}",
        "gateway_body": '{"to": "{phone}", "text": "{text}", "ref": "{id}"}',
    },
    {
        "gateway_url": "/send?ref={id}", "gateway_body_kind": "text", "gateway_body": "{text}",
        "gateway_headers": "X-To: {phone}",
    },
]  # fmt: skip


@pytest.fixture
def house(settings: Any) -> Iterator[Provider]:
    settings.INSIDE_ADDRESSES = ["127.0.0.1"]
    with provider() as made:
        yield made


def settings_for(house: Provider, way: dict[str, str], **more: str) -> dict[str, Any]:
    url = house.url + way["gateway_url"]
    given = {"way": "gateway", "gateway_secret": KEY, **way, "gateway_url": url, **more}
    form = SmsForm(given)
    assert form.is_valid(), form.errors
    return form.cleaned_data


def send(values: dict[str, Any], text: str = "Hello", to: str = PHONE) -> str:
    content = json.dumps({"text": text, "id": "estafeta-17", "reference": 17}).encode()
    with Sms().open(values) as way:
        return way.send(content, to=to)


@pytest.mark.parametrize("way", WAYS)
def test_every_text_arrives_as_it_is(house: Provider, way: dict[str, str]) -> None:
    send(settings_for(house, way), HOSTILE)
    [sent] = house.sent
    assert sent["text"] == HOSTILE
    assert sent["to"].removeprefix("+") == PHONE.removeprefix("+")
    assert sent.get("ref", "estafeta-17") == "estafeta-17"


def test_the_providers_number_is_kept(house: Provider) -> None:
    values = settings_for(
        house, WAYS[2], gateway_id=r'"id": *"([^"]+)"', gateway_success="accepted"
    )
    assert send(values) == "sms-1"
    house.answers.append((200, '{"status": "queue is full"}', {}))
    with pytest.raises(DeliveryError) as caught:
        send(values)
    assert not caught.value.permanent
    assert "queue is full" in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "permanent", "dead", "at_fault", "after"),
    [
        ((429, "slow down", {"Retry-After": "12"}), False, False, False, 12),
        ((503, "later", {}), False, False, False, 30),
        ((401, "who?", {}), False, False, True, None),
        ((402, "no money", {}), False, False, True, None),
        ((500, "oops", {}), False, False, True, None),
        ((302, "", {"Location": "http://169.254.169.254/"}), True, False, False, None),
        ((400, "what?", {}), True, False, False, None),
        ((400, '{"error": "invalid number"}', {}), True, True, False, None),
        ((200, '{"error": "invalid number"}', {}), True, True, False, None),
    ],
)  # fmt: skip
def test_answers_mean_what_they_say(
    house: Provider, answer: Any, permanent: bool, dead: bool, at_fault: bool, after: float | None
) -> None:
    values = settings_for(house, WAYS[1], gateway_bad_number="invalid number")
    house.answers.append(answer)
    with pytest.raises(DeliveryError) as caught:
        send(values)
    error = caught.value
    assert (error.permanent, error.address_is_dead, error.channel_is_at_fault, error.retry_after) == (
        permanent, dead, at_fault, after,
    )  # fmt: skip


def test_the_secret_is_in_no_error(house: Provider) -> None:
    values = settings_for(house, WAYS[2])
    house.answers.append((401, f"wrong key {KEY}", {}))
    with pytest.raises(DeliveryError) as caught:
        send(values)
    assert KEY not in str(caught.value)
    assert "•••" in str(caught.value)


def test_a_gateway_that_is_away_is_the_channels_fault(house: Provider) -> None:
    values = settings_for(house, WAYS[0])
    values["gateway_url"] = "http://127.0.0.1:9/send?key={secret}"
    with pytest.raises(DeliveryError) as caught:
        send(values)
    assert caught.value.channel_is_at_fault
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("gateway_url", "ftp://x/"), ("gateway_url", "https://127.0.0.1/"), ("gateway_url", "http://x/"), ("gateway_url", "https://{phone}.example.org/"),
        ("gateway_url", ""), ("gateway_url", "https://x/a b"),
        ("gateway_headers", "no colon"), ("gateway_headers", "A: я"), ("gateway_id", "("),
        ("gateway_success", "*"), ("country", "XX"), ("most_parts", "11"),
        ("gateway_body", '{"to": {text}}'), ("gateway_body", '{"to": "{phone}", }'),
    ],
)  # fmt: skip
def test_what_cannot_work_is_refused_beside_its_field(field: str, value: str) -> None:
    given = {
        "way": "gateway", "gateway_url": "https://x.example/send", "gateway_method": "POST",
        "gateway_body_kind": "json", "gateway_body": '{"to": "{phone}"}', field: value,
    }  # fmt: skip
    assert list(SmsForm(given).errors) == [field]


def test_a_gateway_inside_is_asked_only_where_the_operator_has_allowed_it(
    house: Provider, settings: Any
) -> None:
    values = settings_for(house, WAYS[1])
    settings.INSIDE_ADDRESSES = []
    with pytest.raises(DeliveryError) as caught:
        send(values)
    assert "inside" in str(caught.value) or "https" in str(caught.value)
    assert not house.sent


def test_a_pattern_that_would_take_for_ever_holds_up_nobody(
    house: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns, "SECONDS", 0.1)
    slow = dict.fromkeys(("gateway_success", "gateway_bad_number", "gateway_id"), r"(?:a|aa)+x")
    values = settings_for(house, WAYS[1], **slow)
    house.answers.append((200, "a" * 5000 + "!", {}))
    began = time.monotonic()
    assert send(values), "the status says that the gateway has it"
    assert time.monotonic() - began < 2
