"""An open way to the outside: requests over connections that are kept for the next one."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Any, NamedTuple, Self

from estafeta.lib.outside.addresses import Place, check, resolve
from estafeta.lib.outside.proxies import Proxy

SECONDS = 15.0
MOST_BYTES = 64 * 1024
MOST_KEPT = 10


class Unreachable(Exception):
    """Nobody answered as a web server does; another time it may."""


class Answer(NamedTuple):
    """What came back; names of headers are small letters, the body is cut."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_cut: bool = False
    """There was more than was wanted."""

    @property
    def text(self) -> str:
        """The beginning of the body, for people."""
        return self.body[:500].decode("utf-8", "replace").strip()

    @property
    def retry_after(self) -> float | None:
        """So many seconds of peace are asked for; dates are not read."""
        said = self.headers.get("retry-after", "")
        return float(said) if said.isdecimal() and len(said) < 7 else None


class Way:
    """Connections for one thread; where a proxy is named, it is the one that is connected to."""

    def __init__(
        self,
        allowed: Sequence[str] = (),
        *,
        seconds: float = SECONDS,
        most_bytes: int = MOST_BYTES,
        proxy: Proxy | None = None,
    ) -> None:
        self._allowed = allowed
        self._seconds = seconds
        self._most_bytes = most_bytes
        self._proxy = proxy
        self._kept: dict[str, http.client.HTTPConnection] = {}

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes = b"",
        seconds: float | None = None,
        most_bytes: int | None = None,
    ) -> Answer:
        """Ask once, in limits of its own if it needs others. Raises Refused, Unreachable."""
        place, seconds = check(url, self._allowed), seconds or self._seconds
        question = _Question(method, place, headers, body, seconds, most_bytes or self._most_bytes)
        kept = self._kept.pop(place.origin, None)
        try:
            if kept is not None:
                _set_time(kept, seconds)
                # The other side may have hung up meanwhile; that says nothing about the message.
                with suppress(
                    http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError
                ):
                    return self._ask(kept, question)
                kept.close()
            return self._ask(self._connection(place, seconds), question)
        except (OSError, http.client.HTTPException) as error:
            reason = str(error) or type(error).__name__
            raise Unreachable(f"{place.host}: {reason}") from error

    def close(self) -> None:
        """Hang up."""
        while self._kept:
            self._kept.popitem()[1].close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _connection(self, place: Place, seconds: float) -> http.client.HTTPConnection:
        through = self._proxy
        first = (through.host, through.port) if through else (place.host, place.port)
        made: http.client.HTTPConnection
        if place.scheme == "https":
            tls = ssl.create_default_context()
            made = http.client.HTTPSConnection(*first, timeout=seconds, context=tls)
        else:
            made = http.client.HTTPConnection(*first, timeout=seconds)
        if through:
            made.set_tunnel(place.host, place.port, dict(through.headers))
        made._create_connection = partial(_connected, self._allowed)  # type: ignore[attr-defined]
        return made

    def _ask(self, connection: http.client.HTTPConnection, asked: _Question) -> Answer:
        ends = time.monotonic() + asked.seconds
        path, body = asked.place.path, asked.body or None
        try:
            connection.request(asked.method, path, body=body, headers=dict(asked.headers))
            got = connection.getresponse()
            content = _read(got, asked.most_bytes + 1, ends)
        except BaseException:
            connection.close()
            raise
        is_whole = got.isclosed() or got.length == 0
        headers = {name.lower(): value for name, value in got.getheaders()}
        if is_whole and not got.will_close and len(self._kept) < MOST_KEPT:
            got.close()
            self._kept[asked.place.origin] = connection
        else:
            connection.close()
        return Answer(
            got.status, headers, content[: asked.most_bytes], len(content) > asked.most_bytes
        )


class _Question(NamedTuple):
    method: str
    place: Place
    headers: Mapping[str, str]
    body: bytes
    seconds: float
    most_bytes: int


def _read(got: http.client.HTTPResponse, most: int, ends: float) -> bytes:
    """The beginning; a server that lets it drip does not hold us longer than the rest of the time."""
    parts, size = [], 0
    while size < most and (part := got.read1(most - size)):
        parts.append(part)
        size += len(part)
        if time.monotonic() > ends:
            raise TimeoutError("the answer takes too long")
    return b"".join(parts)


def _set_time(connection: http.client.HTTPConnection, seconds: float) -> None:
    connection.timeout = seconds
    if connection.sock is not None:
        connection.sock.settimeout(seconds)


def _connected(
    allowed: Sequence[str], place: tuple[str, int], seconds: float, *_rest: Any
) -> socket.socket:
    """Connect to what was judged, not to what the name says by then."""
    host, port = place
    last: OSError = OSError("no address")
    for ip in resolve(host, port, allowed):
        try:
            return socket.create_connection((ip, port), timeout=seconds)
        except OSError as error:
            last = error
    raise last
