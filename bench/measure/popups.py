"""From the commit to the browser: how soon a pop-up reaches those who listen."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import Any

from bench.measure.client import Connection
from bench.measure.creating import SECRET, _fields, _open
from bench.measure.environment import PORT

SETTLE_SECONDS = 3.0
WAIT_SECONDS = 10.0


class Ear:
    """One browser's stream; notes when notifications arrive."""

    def __init__(self, cookie: str) -> None:
        self.cookie = cookie
        self.moments: list[float] = []

    async def listen(self, open_now: asyncio.Semaphore) -> None:
        """Listen until cancelled."""
        async with open_now:
            reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
            writer.write(
                f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nCookie: {self.cookie}\r\n"
                "Accept: text/event-stream\r\n\r\n".encode()
            )
            await reader.readuntil(b"\r\n\r\n")
        try:
            while line := await reader.readline():
                if line.startswith(b"event: notification"):
                    self.moments.append(time.perf_counter())
        finally:
            writer.close()


async def _listen_and_open(
    cast: dict[str, Any], listeners: int, rounds: int
) -> dict[str, dict[str, float]]:
    # Several browsers of each person, as many as there are wanted.
    crowd = cast["crowd"]
    ears = [Ear(crowd[number % len(crowd)]) for number in range(listeners)]
    open_now = asyncio.Semaphore(20)
    tasks = [asyncio.create_task(ear.listen(open_now)) for ear in ears]
    await asyncio.sleep(SETTLE_SECONDS + listeners / 100)
    author = Connection(PORT, f"{cast['cookies']['agent']}; {cast['csrf']}={SECRET}")
    found = {}
    for to, hearing in (("one", [ear for ear in ears if ear.cookie == crowd[0]]), ("big", ears)):
        delays, missed = [], 0
        for number in range(rounds):
            for ear in ears:
                ear.moments.clear()
            await _open(author, _fields(number, cast, to))
            committed = time.perf_counter()
            last = committed + WAIT_SECONDS
            while time.perf_counter() < last and not all(ear.moments for ear in hearing):
                await asyncio.sleep(0.02)
            delays += [(ear.moments[0] - committed) * 1000 for ear in hearing if ear.moments]
            missed += sum(not ear.moments for ear in hearing)
            await asyncio.sleep(0.5)
        found[to] = _summary(delays, missed)
    for task in tasks:
        task.cancel()
    with suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks)
    return found


def _summary(delays: list[float], missed: int) -> dict[str, float]:
    delays = sorted(delays) or [float("inf")]
    return {
        "p50": delays[len(delays) // 2], "p95": delays[int(len(delays) * 0.95)],
        "worst": delays[-1], "missed": missed,
    }  # fmt: skip


def measure_popups(
    cast: dict[str, Any], *, listeners: int, rounds: int
) -> dict[str, dict[str, float]]:
    """Milliseconds from the answer to the author until the event, with everybody listening.

    `one`: the ticket is addressed to one of them. `big`: to their department, so that all hear it.
    """
    return asyncio.run(_listen_and_open(cast, listeners, rounds))
