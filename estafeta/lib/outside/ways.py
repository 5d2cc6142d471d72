"""An open way to the outside: requests over connections that are kept for the next one."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import NamedTuple, Self

from estafeta.lib.outside.addresses import Place, check, resolve

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
    """Connections for one thread."""

    def __init__(
        self,
        allowed: Sequence[str] = (),
        *,
        seconds: float = SECONDS,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._allowed = allowed
        self._seconds = seconds
        self._most_bytes = most_bytes
        self._kept: dict[str, http.client.HTTPConnection] = {}

    def request(
        self, method: str, url: str, *, headers: Mapping[str, str], body: bytes = b""
    ) -> Answer:
        """Ask once. Raises Refused, Unreachable."""
        place = check(url, self._allowed)
        kept = self._kept.pop(place.origin, None)
        try:
            if kept is not None:
                # The other side may have hung up meanwhile; that says nothing about the message.
                with suppress(
                    http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError
                ):
                    return self._ask(kept, place, method, headers, body)
                kept.close()
            return self._ask(self._connection(place), place, method, headers, body)
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

    def _connection(self, place: Place) -> http.client.HTTPConnection:
        made: type[_Plain | _Safe] = _Safe if place.scheme == "https" else _Plain
        return made(place, self._allowed, self._seconds)

    def _ask(
        self,
        connection: http.client.HTTPConnection,
        place: Place,
        method: str,
        headers: Mapping[str, str],
        body: bytes,
    ) -> Answer:
        ends = time.monotonic() + self._seconds
        try:
            connection.request(method, place.path, body=body or None, headers=dict(headers))
            got = connection.getresponse()
            answer = Answer(
                got.status,
                {name.lower(): value for name, value in got.getheaders()},
                self._read(got, ends),
            )
        except BaseException:
            connection.close()
            raise
        is_whole = got.isclosed() or got.length == 0
        if is_whole and not got.will_close and len(self._kept) < MOST_KEPT:
            got.close()
            self._kept[place.origin] = connection
        else:
            connection.close()
        return answer

    def _read(self, got: http.client.HTTPResponse, ends: float) -> bytes:
        """The beginning; a server that lets it drip does not hold us longer than the rest of the time."""
        parts, size = [], 0
        while size < self._most_bytes and (part := got.read1(self._most_bytes - size)):
            parts.append(part)
            size += len(part)
            if time.monotonic() > ends:
                raise TimeoutError("the answer takes too long")
        return b"".join(parts)


class _Plain(http.client.HTTPConnection):
    """Connects to what was judged, not to what the name says by then."""

    def __init__(self, place: Place, allowed: Sequence[str], seconds: float) -> None:
        super().__init__(place.host, place.port, timeout=seconds)
        self._allowed = allowed

    def connect(self) -> None:
        self.sock = _connected(self.host, self.port, self._allowed, self.timeout)


class _Safe(http.client.HTTPSConnection):
    """The same under TLS; the certificate has to be the name's."""

    def __init__(self, place: Place, allowed: Sequence[str], seconds: float) -> None:
        self._tls = ssl.create_default_context()
        super().__init__(place.host, place.port, timeout=seconds, context=self._tls)
        self._allowed = allowed

    def connect(self) -> None:
        sock = _connected(self.host, self.port, self._allowed, self.timeout)
        self.sock = self._tls.wrap_socket(sock, server_hostname=self.host)


def _connected(
    host: str, port: int, allowed: Sequence[str], seconds: float | None
) -> socket.socket:
    last: OSError = OSError("no address")
    for ip in resolve(host, port, allowed):
        try:
            sock = socket.create_connection((ip, port), timeout=seconds)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            last = error
        else:
            return sock
    raise last
