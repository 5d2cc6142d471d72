"""A mail server that really accepts, refuses, defers and hangs up, as a test tells it."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

ACCEPT = "250 2.0.0 Ok: queued as 4ABC"


@dataclass
class Mailbox:
    """What came in, and what to answer: `answers` is asked with each receiver and each letter."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    connections: int = 0
    # Seconds it takes over each letter.
    delay: float = 0.0
    on_receiver: Callable[[str], str] = lambda _address: "250 OK"
    on_letter: Callable[[EmailMessage], str] = lambda _letter: ACCEPT

    async def handle_EHLO(  # noqa: N802
        self,
        _server: SMTP,
        session: Session,
        _envelope: Envelope,
        host: str,
        responses: list[str],
    ) -> list[str]:
        session.host_name = host
        self.connections += 1
        return responses

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
        if answer == "hang up":
            cast(Any, server.transport).abort()
            return ACCEPT
        if answer.startswith("250"):
            self.letters.append(letter)
            self.receivers += envelope.rcpt_tos
        return answer


@contextmanager
def mail_server(port: int = 0) -> Iterator[Mailbox]:
    """Run one on a private port of this machine."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=port or _free_port())
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop()


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
