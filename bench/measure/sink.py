"""Mail servers that take everything and remember when: `python -m bench.measure.sink PORT KIND DELAY`.

`usual` is the SMTP server of aiosmtpd; `lean` does as little as a server can, so that it is hardly
measured itself. XTIMES tells the moments of all letters.
"""

from __future__ import annotations

import asyncio
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.smtp import SMTP

from bench.measure.environment import PORT, ROOT

SINK_PORT = PORT + 3
START_SECONDS = 20.0


class Session(asyncio.Protocol):
    """One connection."""

    moments: list[float] = []
    delay = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self.unread, self.is_in_letter = b"", False
        self.transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        """Read commands line by line, and letters to their end."""
        self.unread += data
        while True:
            end = b"\r\n.\r\n" if self.is_in_letter else b"\r\n"
            head, found, rest = self.unread.partition(end)
            if not found:
                return
            self.unread = rest
            if self.is_in_letter:
                self.is_in_letter = False
                self._take()
            else:
                self._obey(head[:4].upper())

    def _take(self) -> None:
        Session.moments.append(time.time())
        self.transport.write(b"250 taken\r\n")

    def _obey(self, word: bytes) -> None:
        if word == b"DATA":
            self.is_in_letter = True
            self.transport.write(b"354 go on\r\n")
        elif word == b"XTIM":
            self.transport.write(f"{_told()}\r\n".encode())
        elif word == b"QUIT":
            self.transport.write(b"221 bye\r\n")
            self.transport.close()
        else:
            self.transport.write(b"250 ok\r\n")


def _told() -> str:
    told = " ".join(f"{moment:.6f}" for moment in Session.moments)
    Session.moments.clear()
    return f"250 {told}"


class Usual:
    """What aiosmtpd asks about each letter."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take it."""
        await asyncio.sleep(Session.delay)
        Session.moments.append(time.time())
        return "250 taken"


class UsualServer(SMTP):
    """With the one word of our own."""

    async def smtp_XTIMES(self, arg: str) -> None:  # noqa: N802
        """The moments."""
        await self.push(_told())


@contextmanager
def sink(kind: str = "lean", delay: float = 0.0) -> Iterator[None]:
    """The server, in a process of its own, listening."""
    command = [sys.executable, "-m", "bench.measure.sink", str(SINK_PORT), kind, str(delay)]
    with subprocess.Popen(command, cwd=ROOT) as process:
        try:
            last = time.monotonic() + START_SECONDS
            while True:
                try:
                    moments()
                    break
                except OSError:
                    if time.monotonic() > last:
                        raise
                    time.sleep(0.05)
            yield
        finally:
            process.terminate()


def moments() -> list[float]:
    """When letters came since this was asked before."""
    smtplib._MAXLINE = 10_000_000  # type: ignore[attr-defined]
    with smtplib.SMTP("127.0.0.1", SINK_PORT) as asked:
        _code, told = asked.docmd("XTIMES")
    return [float(word) for word in told.split()]


def settings() -> dict[str, str]:
    """How the product is told of it."""
    return {
        "ESTAFETA_SMTP_HOST": "127.0.0.1",
        "ESTAFETA_SMTP_PORT": str(SINK_PORT),
        "ESTAFETA_SMTP_SECURITY": "none",
    }


def _session(kind: str) -> asyncio.Protocol:
    return Session() if kind == "lean" else UsualServer(Usual())


async def _serve(port: int, kind: str, delay: float) -> None:
    Session.delay = delay
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _session(kind), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), sys.argv[2], float(sys.argv[3])))
