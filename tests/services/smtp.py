"""A mail server that really accepts, refuses, defers, stalls and hangs up, as a test tells it.

With certificates it speaks TLS, from the first byte or after STARTTLS; with a user it wants him to
sign in.
"""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

ACCEPT = "250 2.0.0 Ok: queued as 4ABC"
HANG_UP = "hang up"
GREYLISTED = "451 4.7.1 Greylisted, come back later"


@dataclass
class Mailbox:
    """What came in, and what to answer: `on_…` is asked with each receiver and each letter."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    """The same letters, byte by byte."""
    senders: list[str] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    connections: int = 0
    names: list[str] = field(default_factory=list)
    """What clients called themselves."""
    encrypted: list[bool] = field(default_factory=list)
    """Of each letter, whether it came over TLS."""
    options: list[list[str]] = field(default_factory=list)
    """Of each letter, what MAIL FROM asked for."""
    wants_sign_in: bool = False
    users: list[str] = field(default_factory=list)
    """Who has signed in."""
    delay: float = 0.0
    """Seconds it takes over each letter."""
    lacks: frozenset[str] = frozenset()
    """Extensions that it does not offer, like 8BITMIME."""
    on_sender: Callable[[str], str] = lambda _address: "250 OK"
    on_receiver: Callable[[str], str] = lambda _address: "250 OK"
    on_letter: Callable[[EmailMessage], str] = lambda _letter: ACCEPT
    _lines: list[tuple[asyncio.AbstractEventLoop, Any]] = field(default_factory=list)

    def hang_up(self) -> None:
        """Close every connection, as a server does with idle ones."""
        for loop, transport in self._lines:
            loop.call_soon_threadsafe(transport.abort)
        self._lines.clear()
        time.sleep(0.05)

    async def handle_EHLO(  # noqa: N802
        self,
        server: SMTP,
        session: Session,
        _envelope: Envelope,
        host: str,
        responses: list[str],
    ) -> list[str]:
        # After STARTTLS a client greets again over the same connection.
        if server.tls_context is None or not _is_encrypted(server):
            self.connections += 1
        self._lines.append((server.loop, server.transport))
        session.host_name = host
        self.names.append(host)
        return [line for line in responses if line[4:].split()[0].upper() not in self.lacks]

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.wants_sign_in and not session.authenticated:
            return "530 5.7.0 Authentication required"
        answer = self.on_sender(address)
        if answer.startswith("250"):
            envelope.mail_from, envelope.mail_options = address, options
        return answer

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        answer = self.on_receiver(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        await asyncio.sleep(self.delay)
        content = cast(bytes, envelope.content)
        policy = email.policy.default
        letter = email.message_from_bytes(content, policy=policy)
        answer = self.on_letter(letter)
        if answer == HANG_UP:
            cast(Any, server.transport).abort()
            return ACCEPT
        if answer.startswith("250"):
            self.letters.append(letter)
            self.raw.append(content)
            self.senders.append(envelope.mail_from or "")
            self.receivers += envelope.rcpt_tos
            self.encrypted.append(_is_encrypted(server))
            self.options.append(list(envelope.mail_options))
        return answer


def _is_encrypted(server: SMTP) -> bool:
    return cast(Any, server.transport).get_extra_info("ssl_object") is not None


@contextmanager
def mail_server(
    port: int = 0,
    *,
    tls: ssl.SSLContext | None = None,
    starttls: ssl.SSLContext | None = None,
    user: tuple[str, str] | None = None,
    utf8: bool = True,
) -> Iterator[Mailbox]:
    """Run one on a private port of this machine; `user` is a name and a password to sign in with."""
    box = Mailbox(wants_sign_in=user is not None)

    def check(
        _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any
    ) -> AuthResult:
        given = isinstance(data, LoginPassword) and (data.login.decode(), data.password.decode())
        if given and given == user:
            box.users.append(given[0])
            return AuthResult(success=True)
        return AuthResult(success=False, handled=False)

    controller = Controller(
        box, hostname="127.0.0.1", port=port or _free_port(), ssl_context=tls,
        server_hostname="mail.house.test", tls_context=starttls,
        require_starttls=starttls is not None,
        auth_require_tls=starttls is not None, authenticator=check, enable_SMTPUTF8=utf8,
    )  # fmt: skip
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop()


def greylist(*, seconds: float) -> Callable[[str], str]:
    """An `on_receiver` that defers each address until it was asked for so long ago."""
    asked: dict[str, float] = {}

    def answer(address: str) -> str:
        first = asked.setdefault(address, time.monotonic())
        return "250 OK" if time.monotonic() - first >= seconds else GREYLISTED

    return answer


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
