"""Two thousand browsers on one web process, and two hundred that keep the same list open."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

from bench.measure.client import Connection
from bench.measure.environment import PORT, ROOT, Installation, end
from bench.measure.processes import cpu_seconds, own_kilobytes

BROWSERS, LISTS = 2_000, 200
CHANGES = 30
HERD_CHANGES, HERD_RATE = 400, 20.0
FLOOR_PORT = PORT + 1
OPENING = 40
SETTLE_SECONDS = 6.0
POLICY = ROOT / "estafeta" / "static" / "js" / "live_refresh.js"


def measure_streams(place: Installation) -> dict[str, Any]:
    """One web process; everybody hears of every change."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 3 * BROWSERS), hard))
    with place.served(workers=1) as server:
        cookies = json.loads(place.run("bench.measure.crowd", "browsers", str(BROWSERS)))
        found = asyncio.run(_watch(place, server, cookies))
        found["herd"] = asyncio.run(_herd(place, server, cookies[:LISTS]))
    with _floor() as floor:
        found["bare_kb"] = asyncio.run(_hold(floor))
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    found["ratio"] = found["kb"] / found["bare_kb"]
    return found


async def _watch(place: Installation, server: int, cookies: list[str]) -> dict[str, Any]:
    heard: list[list[float]] = [[] for _ in cookies]

    async def listen(number: int, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            if line.startswith(b"event: ticket"):
                heard[number].append(time.monotonic())

    half = len(cookies) // 2
    async with _open(PORT, cookies[:half]) as first:
        tasks = [asyncio.create_task(listen(*one)) for one in enumerate(first)]
        await asyncio.sleep(SETTLE_SECONDS)
        before = own_kilobytes(server)
        async with _open(PORT, cookies[half:]) as second:
            tasks += [asyncio.create_task(listen(*one)) for one in enumerate(second, half)]
            await asyncio.sleep(SETTLE_SECONDS)
            kilobytes = (own_kilobytes(server) - before) / len(second)
            asked = ("change", str(CHANGES), "1")
            told = await asyncio.to_thread(place.run, "bench.measure.crowd", *asked)
            committed = json.loads(told)
            await asyncio.sleep(3)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    delays = sorted(
        (at - moment) * 1000
        for moments in heard
        for at, moment in zip(moments, committed, strict=False)
    )
    return {
        "browsers": len(cookies), "kb": kilobytes, "p50": delays[len(delays) // 2],
        "p99": delays[int(len(delays) * 0.99)], "worst": delays[-1],
        "missed": sum(CHANGES - len(moments) for moments in heard),
    }  # fmt: skip


class Tab:
    """An open list that fetches itself as `live_refresh.js` says, whose figures it reads."""

    def __init__(self, cookie: str) -> None:
        said = dict(re.findall(r"^const ([A-Z_]+) = ([\d_]+);", POLICY.read_text(), re.MULTILINE))
        self.says = {name: int(number) for name, number in said.items()}
        self.connection = Connection(PORT, cookie)
        self.changes: list[float] = []
        self.last = {"/inbox": 0.0, "/navigation": 0.0}
        self.due: dict[str, asyncio.Task[None]] = {}
        self.busy = asyncio.Lock()
        self.fetched = 0
        self.heard = 0

    def hear(self, crowd: int) -> None:
        """A ticket has changed."""
        now = time.monotonic() * 1000
        self.heard += 1
        self.changes = [at for at in self.changes if at > now - self.says["MEASURED"]] + [now]
        rate = len(self.changes) / (self.says["MEASURED"] / 1000)
        for path in self.last:
            if path in self.due:
                continue
            spread = max(self.says["SPREAD"], crowd * 1000 / self.says["FETCHES"])
            rest = min(self.says["REST"] + self.says["REST_A_CHANGE"] * rate, self.says["LONGEST"])
            wait = max(self.says["SOON"], self.last[path] + rest - now)
            self.due[path] = asyncio.create_task(
                self._fetch(path, (wait + random.random() * spread) / 1000)
            )

    async def _fetch(self, path: str, wait: float) -> None:
        await asyncio.sleep(wait)
        del self.due[path]
        self.last[path] = time.monotonic() * 1000
        async with self.busy:
            answer = await self.connection.ask(path, headers="HX-Request: true\r\n")
        self.fetched += answer.status == 200

    async def listen(self, reader: asyncio.StreamReader) -> None:
        """Until cancelled."""
        while line := await reader.readline():
            if line.startswith(b"data: ") and b'"crowd"' in line:
                self.hear(json.loads(line[6:])["crowd"])


async def _herd(place: Installation, server: int, cookies: list[str]) -> dict[str, float]:
    tabs = [Tab(cookie) for cookie in cookies]
    async with _open(PORT, cookies) as readers:
        tasks = [
            asyncio.create_task(tab.listen(reader))
            for tab, reader in zip(tabs, readers, strict=True)
        ]
        await asyncio.sleep(SETTLE_SECONDS)
        used, began = cpu_seconds([server]), time.monotonic()
        asked = (str(HERD_CHANGES), str(HERD_RATE))
        await asyncio.to_thread(place.run, "bench.measure.crowd", "change", *asked)
        took, used = time.monotonic() - began, cpu_seconds([server]) - used
        fetched = sum(tab.fetched for tab in tabs)
        for task in [*tasks, *(one for tab in tabs for one in tab.due.values())]:
            task.cancel()
        for tab in tabs:
            tab.connection.close()
    told = sum(tab.heard for tab in tabs) / len(tabs)
    return {
        "tabs": len(tabs), "changes": HERD_CHANGES, "told": told,
        "a_change": fetched / HERD_CHANGES, "a_second": fetched / took,
        "cpu": used / took,
    }  # fmt: skip


@contextlib.asynccontextmanager
async def _open(port: int, cookies: list[str]) -> AsyncIterator[list[asyncio.StreamReader]]:
    few = asyncio.Semaphore(OPENING)
    writers: list[asyncio.StreamWriter] = []

    async def one(cookie: str) -> asyncio.StreamReader:
        async with few:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writers.append(writer)
            writer.write(
                f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
                "Accept: text/event-stream\r\n\r\n".encode()
            )
            head = await reader.readuntil(b"\r\n\r\n")
            assert b" 200 " in head.splitlines()[0], head
            return reader

    try:
        yield list(await asyncio.gather(*(one(cookie) for cookie in cookies)))
    finally:
        for writer in writers:
            writer.close()


async def _hold(floor: int) -> float:
    half = ["none=1"] * (BROWSERS // 2)
    async with _open(FLOOR_PORT, half):
        await asyncio.sleep(SETTLE_SECONDS)
        before = own_kilobytes(floor)
        async with _open(FLOOR_PORT, half):
            await asyncio.sleep(SETTLE_SECONDS)
            return (own_kilobytes(floor) - before) / len(half)


@contextlib.contextmanager
def _floor() -> Iterator[int]:
    command = [
        Path(sys.executable).with_name("granian"), "--interface", "asgi", "--host", "127.0.0.1",
        "--port", str(FLOOR_PORT), "--no-ws", "--loop", "uvloop", "--backpressure", "20000",
        "bench.measure.stream_floor:application",
    ]  # fmt: skip
    server = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        time.sleep(3)
        yield server.pid
    finally:
        end(server)
