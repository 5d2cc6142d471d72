"""What is set for mail, tried against a server that insists on it."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from estafeta.notifications.channels.channel import DeliveryError
from estafeta.notifications.channels.mail import Mail, smtp
from tests.services.certificates import Certificates, certificates
from tests.services.smtp import ACCEPT, GREYLISTED, HANG_UP, Mailbox, greylist, mail_server

pytestmark = pytest.mark.service

LETTER = b"Subject: Hello\r\nTo: anna@example.org\r\n\r\nHello\r\n"


@pytest.fixture(scope="module")
def house(tmp_path_factory: Any) -> Certificates:
    return certificates(tmp_path_factory.mktemp("house"))


def values(box: Mailbox, **more: Any) -> dict[str, Any]:
    return {
        "host": "127.0.0.1", "port": box.port, "security": "none",
        "sender": "Desk <desk@house.test>", "verifies": True, **more,
    }  # fmt: skip


def send(given: dict[str, Any], to: str = "anna@example.org", letter: bytes = LETTER) -> str:
    with Mail().open(given) as sender:
        return sender.send(letter, to=to)


def refused(given: dict[str, Any], to: str = "anna@example.org") -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        send(given, to)
    return caught.value


def test_tls_with_an_authority_of_the_house_and_a_sign_in(house: Certificates) -> None:
    with mail_server(tls=house.context, user=("desk", "säcret")) as box:
        given = values(box, security="tls", user="desk", password="säcret")
        assert send({**given, "authority": house.authority}) == ACCEPT
        assert (box.encrypted, box.users, box.senders) == ([True], ["desk"], ["desk@house.test"])
        error = refused(given)
        assert "certificate" in str(error).lower()
        assert error.channel_is_at_fault
        assert not error.permanent
        assert send({**given, "verifies": False}) == ACCEPT


def test_starttls_is_insisted_on(house: Certificates) -> None:
    with mail_server(starttls=house.context) as box:
        given = values(box, security="starttls", authority=house.authority)
        assert send(given) == ACCEPT
        assert box.encrypted == [True]
    with mail_server() as bare:
        error = refused(values(bare, security="starttls"))
        assert "STARTTLS" in str(error)
        assert error.channel_is_at_fault
        assert not bare.letters, "nothing leaves over a bare line"


def test_a_certificate_for_another_name_is_not_trusted(tmp_path: Path) -> None:
    other = certificates(tmp_path, name="mail.elsewhere.test")
    with mail_server(tls=other.context) as box:
        error = refused(values(box, security="tls", authority=other.authority))
        assert "Certificate of the mail server" in str(error)
        assert not box.letters


def test_a_wrong_password_is_the_fault_of_the_channel(house: Certificates) -> None:
    with mail_server(starttls=house.context, user=("desk", "right")) as box:
        given = values(box, security="starttls", authority=house.authority, user="desk")
        error = refused({**given, "password": "wrong"})
        assert str(error).startswith("535")
        assert error.channel_is_at_fault
        assert not error.permanent


def test_it_calls_itself_as_is_set() -> None:
    with mail_server() as box:
        send(values(box, name="desk.house.test"))
        assert box.names == ["desk.house.test"]


def test_an_address_in_other_letters_needs_a_server_that_knows_them() -> None:
    with mail_server() as box:
        assert send(values(box), "анна@пошта.укр") == ACCEPT
        assert box.receivers == ["анна@" + "пошта.укр".encode("idna").decode()]
        assert "SMTPUTF8" in box.options[0]
    with mail_server(utf8=False) as box:
        error = refused(values(box), "анна@пошта.укр")
        assert error.permanent
        assert "SMTPUTF8" in str(error)
        assert send(values(box), "anna@пошта.укр") == ACCEPT, "hosts always have an ASCII form"


def test_a_server_without_eight_bits_gets_seven() -> None:
    with mail_server() as box:
        box.lacks = frozenset({"8BITMIME", "SMTPUTF8"})
        assert send(values(box)) == ACCEPT
        assert box.raw[0].isascii()


@pytest.mark.parametrize(
    "address", ["", "anna", "anna@", "@example.org", "a b@example.org", "a@b@c.org", "a@-x-.org",
                "anna@example.org\r\nRCPT TO:<all@example.org>", "<anna@example.org>", "a..b@c.org"],
)  # fmt: skip
def test_what_is_no_address_never_reaches_the_server(address: str) -> None:
    with mail_server() as box:
        error = refused(values(box), address)
        assert error.permanent
        assert error.address_is_dead
        assert box.connections == 0


@pytest.mark.parametrize(
    ("answer", "is_dead"),
    [
        ("550 5.1.1 No such user here", True),
        ("550 No such user", True),
        ("550 5.7.1 Relaying denied", False),
        ("550 Spam is not welcome", False),
        ("552 5.2.2 Mailbox full", False),
    ],
)
def test_only_who_is_unknown_is_not_written_to_again(answer: str, is_dead: bool) -> None:
    with mail_server() as box:
        box.on_receiver = lambda _address: answer
        error = refused(values(box))
        assert (str(error), error.permanent, error.address_is_dead) == (answer, True, is_dead)


def test_greylisting_and_hanging_up_are_temporary() -> None:
    with mail_server() as box:
        box.on_receiver = greylist(seconds=0.05)
        error = refused(values(box))
        assert (str(error), error.permanent, error.channel_is_at_fault) == (
            GREYLISTED,
            False,
            False,
        )
        box.on_receiver = lambda _address: "250 OK"
        answers = iter([HANG_UP])
        box.on_letter = lambda _letter: next(answers, ACCEPT)
        with Mail().open(values(box)) as sender:
            with pytest.raises(DeliveryError) as caught:
                sender.send(LETTER, to="anna@example.org")
            assert not caught.value.permanent
            assert sender.send(LETTER, to="anna@example.org") == ACCEPT


def test_a_server_that_hung_up_meanwhile_is_greeted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "IDLE_SECONDS", 0.0)
    with mail_server() as first:
        given = values(first)
        with Mail().open(given) as sender:
            assert sender.send(LETTER, to="anna@example.org") == ACCEPT
            assert sender.send(LETTER, to="anna@example.org") == ACCEPT
            assert first.connections == 1
            first.hang_up()
            assert sender.send(LETTER, to="anna@example.org") == ACCEPT
            assert first.connections == 2


def test_a_refused_sender_is_our_own_fault() -> None:
    with mail_server() as box:
        box.on_sender = lambda _address: "550 5.7.1 Sender not allowed"
        error = refused(values(box))
        assert not error.permanent
        assert error.channel_is_at_fault


def test_nobody_there_is_told_in_words(settings: Any) -> None:
    settings.EMAIL_TIMEOUT = 0.3
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        box = Mailbox(port=probe.getsockname()[1])
    assert "refused" in str(refused(values(box))).lower()
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        error = refused(values(Mailbox(port=silent.getsockname()[1])))
        assert "timed out" in str(error)
        assert error.channel_is_at_fault
