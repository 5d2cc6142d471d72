"""Messages through a real Prosody: accepted, refused, away; over one stream."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from estafeta.notifications.channels.channel import DeliveryError
from estafeta.notifications.channels.jabber import Jabber
from estafeta.notifications.channels.jabber.connection import meaning
from estafeta.notifications.channels.jabber.form import JabberForm, JidForm
from estafeta.notifications.channels.jabber.text import text_of
from estafeta.notifications.content import Content
from estafeta.notifications.models import Delivery
from tests.services.prosody import DOMAIN, PASSWORD, Prosody, prosody, reading

pytestmark = [
    pytest.mark.service,
    pytest.mark.skipif(
        shutil.which("prosody") is None and os.environ.get("CI") != "true",
        reason="Prosody is not installed (Debian: apt-get install prosody)",
    ),
]
ANNA = f"anna@{DOMAIN}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prosody]:
    with prosody(tmp_path_factory.mktemp("prosody")) as running:
        yield running


def values(server: Prosody, **more: Any) -> dict[str, Any]:
    return {
        "jid": f"desk@{DOMAIN}", "password": PASSWORD, "security": "starttls", "host": "127.0.0.1",
        "port": server.port, "authority": server.authority, **more,
    }  # fmt: skip


def message(number: int, text: str = "Hello") -> bytes:
    said = {"id": f"estafeta-{number}", "text": text, "thread": "ticket-17"}
    return json.dumps(said).encode()


def refused(given: dict[str, Any], to: str = ANNA) -> DeliveryError:
    with Jabber().open(given) as way, pytest.raises(DeliveryError) as caught:
        way.send(message(1), to=to)
    assert PASSWORD not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_messages_arrive_as_they_are(server: Prosody, security: str) -> None:
    port = server.tls_port if security == "tls" else server.port
    text = 'Сервер <b>1С</b> & ]]> не отвечает\n> "quote" 🔥 {{ 7*7 }}'
    with (
        reading(server) as anna,
        Jabber().open(values(server, security=security, port=port)) as way,
    ):
        assert way.send(message(5, text), to=ANNA) == "estafeta-5"
        [got] = anna.wait_for(1)
    assert got == {
        "id": "estafeta-5", "origin": "estafeta-5", "body": text, "thread": "ticket-17",
        "type": "chat", "from": f"desk@{DOMAIN}",
    }  # fmt: skip


def test_many_messages_go_over_one_stream(server: Prosody) -> None:
    before = (server.folder / "log").read_text().count("Authenticated as desk@")
    with reading(server) as anna, Jabber().open(values(server)) as way:
        for number in range(50):
            way.send(message(number), to=ANNA)
        anna.wait_for(50)
    assert [one["id"] for one in anna.got] == [f"estafeta-{number}" for number in range(50)]
    assert (server.folder / "log").read_text().count("Authenticated as desk@") == before + 1


def test_what_is_sent_to_somebody_away_waits_on_the_server(server: Prosody) -> None:
    with Jabber().open(values(server)) as way:
        way.send(message(70, "Later"), to=ANNA)
    assert "estafeta-70" in server.kept_for_later("anna")
    with reading(server) as anna:
        assert anna.wait_for(1)[0]["body"] == "Later"


def test_an_unknown_account_is_refused_and_the_next_message_goes_on(server: Prosody) -> None:
    with reading(server) as anna, Jabber().open(values(server)) as way:
        with pytest.raises(DeliveryError) as caught:
            way.send(message(80), to=f"nobody@{DOMAIN}")
        assert "service-unavailable" in str(caught.value)
        assert not caught.value.channel_is_at_fault
        way.send(message(81), to=ANNA)
        assert anna.wait_for(1)[0]["id"] == "estafeta-81"


def test_an_address_that_is_none_is_dead(server: Prosody) -> None:
    for to in ("@", "a b@x y", "x" * 2000 + f"@{DOMAIN}"):
        assert refused(values(server), to).address_is_dead, to


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"password": "wrong"}, "password"),
        ({"jid": f"nobody@{DOMAIN}"}, "password"),
        ({"authority": ""}, "certificate"),
        ({"port": 9}, "reached"),
    ],
)
def test_wrong_settings_are_the_channels_fault(
    server: Prosody, wrong: dict[str, Any], words: str
) -> None:
    error = refused(values(server, **wrong))
    assert error.channel_is_at_fault
    assert not error.permanent
    assert words in str(error)


def test_a_certificate_of_another_name_is_not_trusted(server: Prosody) -> None:
    error = refused(values(server, jid="desk@elsewhere.test"))
    assert error.channel_is_at_fault


def test_the_stream_is_opened_again_after_the_server_was_away(tmp_path: Path) -> None:
    with prosody(tmp_path) as server, Jabber().open(values(server)) as way:
        way.send(message(1), to=ANNA)
        server.stop()
        with pytest.raises(DeliveryError) as caught:
            way.send(message(2), to=ANNA)
        assert caught.value.channel_is_at_fault
        server.start()
        way.send(message(2), to=ANNA)
        assert "estafeta-2" in server.kept_for_later("anna")


def test_without_encryption_nothing_is_said_unless_it_was_allowed(tmp_path: Path) -> None:
    with prosody(tmp_path, encrypted=False) as server:
        error = refused(values(server))
        assert error.channel_is_at_fault
        assert "encryption" in str(error)
        with Jabber().open(values(server, security="none")) as way:
            way.send(message(1), to=ANNA)


def test_a_server_that_says_nothing_holds_up_only_so_long(
    server: Prosody, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    from estafeta.notifications.channels.jabber import connection

    monkeypatch.setattr(connection, "SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        error = refused(values(server, port=silent.getsockname()[1]))
    assert error.channel_is_at_fault
    assert "in time" in str(error)


@pytest.mark.parametrize(
    ("condition", "dead", "permanent", "after"),
    [
        ("item-not-found", True, True, None), ("gone", True, True, None),
        ("remote-server-not-found", False, False, None), ("forbidden", False, True, None),
        ("service-unavailable", False, False, None), ("resource-constraint", False, False, 60),
        ("remote-server-timeout", False, False, None),
    ],
)  # fmt: skip
def test_conditions_mean_what_they_say(
    condition: str, dead: bool, permanent: bool, after: float | None
) -> None:
    error = meaning(condition, "")
    assert (error.address_is_dead, error.permanent, error.retry_after) == (dead, permanent, after)


def test_addresses_are_read_as_people_write_them() -> None:
    form = JidForm({"jid": " xmpp:Anna@Jabber.House.Test "})
    assert form.is_valid()
    given = Jabber().check_address(form.cleaned_data)
    assert given.value == given.label == ANNA
    for wrong in ("anna", "@x", "a@b@c", "a b@c", "anna@house/phone", "a\n@b"):
        assert "jid" in JidForm({"jid": wrong}).errors, wrong


def test_the_form_refuses_what_is_unsafe(server: Prosody) -> None:
    good = {"jid": f"desk@{DOMAIN}", "password": "x", "security": "starttls"}
    assert JabberForm(good | {"authority": server.authority}).is_valid()
    assert "authority" in JabberForm(good | {"authority": "nonsense"}).errors
    assert "security" in JabberForm(good | {"security": "none"}).errors
    assert JabberForm(good | {"security": "none", "host": "localhost"}).is_valid()


def test_the_same_bundle_bears_the_same_id() -> None:
    rows = [Delivery(pk=9), Delivery(pk=7)]
    content = Content(title="2 messages", text="a\nb", link="https://desk.example.org/n")
    said = json.loads(Jabber().write(content, rows, {}))
    assert said["id"] == "estafeta-7"
    assert text_of(content) == "2 messages\na\nb\nhttps://desk.example.org/n"
