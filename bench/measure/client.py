"""An HTTP/1.1 client that costs little beside what it measures: kept connections, raw bytes."""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body, unpacked."""
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


class Connection:
    """One kept connection of one person."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookie = port, cookie
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, path: str, *, body: bytes = b"", headers: str = "") -> Answer:
        """GET, or POST when there is a body."""
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        method = "POST" if body else "GET"
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self.cookie}\r\n"
            f"Accept: text/html\r\nAccept-Encoding: gzip\r\n{length}{headers}\r\n"
        )
        self.writer.write(head.encode() + body)
        return await self._answer()

    async def _answer(self) -> Answer:
        assert self.reader is not None
        raw = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = raw.rstrip().split("\r\n")
        headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            key = name.lower()
            # Cookies are only looked at when there is one.
            headers[key] = value.strip() if key != "set-cookie" else headers.get(key, "") + value
        status = int(first.split()[1])
        if "content-length" in headers:
            body = await self.reader.readexactly(int(headers["content-length"]))
        elif headers.get("transfer-encoding") == "chunked":
            body = await self._chunks()
        else:
            body = b""
        return Answer(status, headers, body)

    async def _chunks(self) -> bytes:
        assert self.reader is not None
        parts = []
        while size := int((await self.reader.readline()).split(b";")[0], 16):
            parts.append(await self.reader.readexactly(size))
            await self.reader.readline()
        await self.reader.readline()
        return b"".join(parts)

    def close(self) -> None:
        """Hang up."""
        if self.writer is not None:
            self.writer.close()
            self.writer = None


@dataclass
class Times:
    """Milliseconds of each request, and how many a second there were."""

    milliseconds: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def p50(self) -> float:
        return median(self.milliseconds)

    @property
    def p95(self) -> float:
        ordered = sorted(self.milliseconds)
        return ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]

    @property
    def rate(self) -> float:
        return len(self.milliseconds) / self.seconds


class WrongAnswerError(Exception):
    """The server did not answer 200: then there is nothing to measure."""


async def ask_for(
    connection: Connection, paths: Iterator[str], times: Times, *, until: float
) -> None:
    """Ask one path after the other until the moment."""
    while time.perf_counter() < until:
        path = next(paths)
        began = time.perf_counter()
        answer = await connection.ask(path)
        times.milliseconds.append((time.perf_counter() - began) * 1000)
        if answer.status != 200:
            raise WrongAnswerError(f"{answer.status} for {path}")


async def hammer(port: int, cookie: str, paths: list[Iterator[str]], *, seconds: float) -> Times:
    """As many clients as there are iterators of paths, each one request after the other."""
    times = Times()
    connections = [Connection(port, cookie) for _ in paths]
    began = time.perf_counter()
    try:
        await asyncio.gather(
            *(
                ask_for(connection, each, times, until=began + seconds)
                for connection, each in zip(connections, paths, strict=True)
            )
        )
    finally:
        for connection in connections:
            connection.close()
    times.seconds = time.perf_counter() - began
    return times
