"""A mail relay that takes its time with each mail, as relays do."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller

from bench.measure.environment import PORT

RELAY_PORT = PORT + 2
DELAY_SECONDS = 0.1


class Slow:
    """Accepts everything, each after the delay; keeps the moments."""

    def __init__(self) -> None:
        self.moments: list[float] = []
        self.lock = threading.Lock()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """One mail."""
        await asyncio.sleep(DELAY_SECONDS)
        with self.lock:
            self.moments.append(time.perf_counter())
        return "250 taken"

    def wait_until_quiet(self, seconds: float = 1.5) -> None:
        """Until no mail has come for so long."""
        seen = -1
        while seen != len(self.moments):
            seen = len(self.moments)
            time.sleep(seconds)

    def wait_for(self, count: int, *, seconds: float) -> float | None:
        """The moment of the mail with this count, or None if it does not come in time."""
        last = time.perf_counter() + seconds
        while time.perf_counter() < last:
            with self.lock:
                if len(self.moments) >= count:
                    return self.moments[count - 1]
            time.sleep(0.005)
        return None


@contextmanager
def relay() -> Iterator[Slow]:
    """The relay, listening."""
    slow = Slow()
    controller = Controller(slow, hostname="127.0.0.1", port=RELAY_PORT)
    controller.start()
    try:
        yield slow
    finally:
        controller.stop()


def settings() -> dict[str, str]:
    """How the product is told of it."""
    return {
        "ESTAFETA_SMTP_HOST": "127.0.0.1",
        "ESTAFETA_SMTP_PORT": str(RELAY_PORT),
        "ESTAFETA_SMTP_SECURITY": "none",
    }
