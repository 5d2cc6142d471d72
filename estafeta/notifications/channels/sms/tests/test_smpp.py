"""SMPP with a message centre that knows the specification."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from estafeta.notifications.channels.channel import DeliveryError
from estafeta.notifications.channels.sms import Sms, smpp
from estafeta.notifications.channels.sms.smpp import SmppConnection
from tests.services.smsc import BAD_NUMBER, Centre, message_centre

PHONE = "+79123456789"
LONG = "Сервер 1С не отвечает 🔥 " * 9
LATIN = "The server [1C] does not answer {at} all €\n" * 6


@pytest.fixture
def centre() -> Iterator[Centre]:
    with message_centre() as made:
        yield made


def values(centre: Centre, **more: Any) -> dict[str, Any]:
    return {
        "way": "smpp", "smpp_host": "127.0.0.1", "smpp_port": centre.port,
        "smpp_system_id": "desk", "smpp_password": "secret", "smpp_source": "Desk",
        "smpp_source_ton": 5, "smpp_source_npi": 0, "smpp_dest_ton": 1, "smpp_dest_npi": 1,
        "smpp_long": "udh", **more,
    }  # fmt: skip


def message(text: str = "Hello", reference: int = 300) -> bytes:
    return json.dumps({"text": text, "id": "estafeta-300", "reference": reference}).encode()


def refused(centre: Centre, to: str = PHONE, **more: Any) -> DeliveryError:
    with Sms().open(values(centre, **more)) as way, pytest.raises(DeliveryError) as caught:
        way.send(message(), to=to)
    return caught.value


@pytest.mark.parametrize("text", ["Hello", "Привет, «мир» 🔥", LONG, LATIN, "{}[]~€^|\\" * 20])
@pytest.mark.parametrize("way", ["udh", "sar", "payload"])
def test_every_text_is_read_on_the_handset(centre: Centre, text: str, way: str) -> None:
    with Sms().open(values(centre, smpp_long=way)) as sender:
        names = sender.send(message(text), to=PHONE)
    assert centre.texts() == [text]
    assert names.split(",")[0] == "00000001"
    first = centre.submitted[0]
    assert (first.source, first.receiver) == ((5, 0, "Desk"), (1, 1, "79123456789"))
    assert first.coding == (8 if "П" in text or "С" in text else 0)


def test_many_messages_go_over_one_connection(centre: Centre) -> None:
    with Sms().open(values(centre)) as sender:
        for number in range(20):
            sender.send(message(f"{number}"), to=PHONE)
    assert centre.binds == 1
    assert centre.texts() == [str(number) for number in range(20)]


def test_the_same_message_bears_the_same_reference(centre: Centre) -> None:
    with Sms().open(values(centre)) as sender:
        for _ in range(2):
            sender.send(message(LONG), to=PHONE)
    half = len(centre.submitted) // 2
    assert centre.submitted[:half] == centre.submitted[half:]
    # A handset that has it already shows it once.
    assert len({one.content[3] for one in centre.submitted}) == 1


@pytest.mark.parametrize(
    ("status", "permanent", "dead", "at_fault", "after"),
    [
        (0x58, False, False, False, 5), (0x14, False, False, False, 30),
        (BAD_NUMBER, True, True, False, None), (0x08, False, False, True, None),
        (0x01, True, False, False, None), (0x45, False, False, False, None),
        (0x0A, False, False, True, None), (0x4FF, False, False, False, None),
    ],
)  # fmt: skip
def test_statuses_mean_what_they_say(
    centre: Centre, status: int, permanent: bool, dead: bool, at_fault: bool, after: float | None
) -> None:
    centre.statuses.append(status)
    error = refused(centre)
    assert (error.permanent, error.address_is_dead, error.channel_is_at_fault, error.retry_after) == (
        permanent, dead, at_fault, after,
    )  # fmt: skip


def test_a_wrong_password_is_the_channels_fault_and_nowhere_to_be_read(
    centre: Centre, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    error = refused(centre, smpp_password="wrong-pw")
    assert error.channel_is_at_fault
    assert not error.permanent
    assert "wrong-pw" not in str(error) + caplog.text
    assert b"wrong-pw".hex() not in caplog.text


def test_a_centre_that_is_away_is_the_channels_fault(centre: Centre) -> None:
    assert refused(centre, smpp_port=9).channel_is_at_fault


def test_a_broken_connection_is_bound_again(centre: Centre) -> None:
    centre.hang_up_after = 1
    with Sms().open(values(centre)) as sender:
        sender.send(message("one"), to=PHONE)
        with pytest.raises(DeliveryError) as caught:
            sender.send(message("two"), to=PHONE)
        assert caught.value.channel_is_at_fault
        sender.send(message("two"), to=PHONE)
    assert centre.texts() == ["one", "two"]
    assert centre.binds == 2


def test_after_a_while_without_messages_it_is_asked_whether_it_listens(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smpp, "IDLE_SECONDS", 0.0)
    with Sms().open(values(centre)) as sender:
        assert isinstance(sender, SmppConnection)
        sender.send(message("one"), to=PHONE)
        sender.send(message("two"), to=PHONE)
        assert (centre.enquiries, centre.binds) == (1, 1)
        sender._client._socket.shutdown(2)
        sender.send(message("three"), to=PHONE)
    assert centre.binds == 2
    assert centre.texts() == ["one", "two", "three"]


def test_what_the_centre_says_in_between_is_answered(centre: Centre) -> None:
    centre.chats_first = True
    with Sms().open(values(centre)) as sender:
        sender.send(message("one"), to=PHONE)
    assert centre.texts() == ["one"]


def test_a_centre_that_says_nothing_holds_up_only_so_long(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    monkeypatch.setattr(smpp, "SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        error = refused(centre, smpp_port=silent.getsockname()[1])
    assert error.channel_is_at_fault
