"""Calls to a web service that an administrator has named: one kept connection, limits, no redirects.

On the standard library, so that a worker that calls nobody carries nothing.
"""

from __future__ import annotations

import base64
import http.client
import ssl
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

MOST_BYTES = 1 << 20
SECONDS = 10.0


class CannotReach(Exception):
    """Nobody answered, or not in a way that can be understood; never names the address."""


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


class WebCalls:
    """Speaks to one host at a time; a connection that has died is opened again once.

    `proxy` is the address of an HTTP proxy, with name and password where it asks for them.
    """

    def __init__(self, *, proxy: str = "", seconds: float = SECONDS) -> None:
        self._proxy = urlsplit(proxy) if proxy else None
        self._seconds = seconds
        self._place: tuple[str, str] | None = None
        self._connection: http.client.HTTPConnection | None = None

    def call(
        self,
        method: str,
        address: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        seconds: float | None = None,
        most_bytes: int = MOST_BYTES,
    ) -> Answer:
        """Ask and wait. Raises CannotReach."""
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise CannotReach("The address has to begin with http:// or https://.")
        was_open = self._is_open_to(parts)
        try:
            return self._ask(parts, method, body, headers or {}, seconds, most_bytes)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError) as error:
            self.close()
            # A kept connection that the other side has closed meanwhile: it never read the request.
            if not was_open:
                raise CannotReach(_words(error)) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise CannotReach(_words(error)) from error
        try:
            return self._ask(parts, method, body, headers or {}, seconds, most_bytes)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise CannotReach(_words(error)) from error

    def close(self) -> None:
        """Hang up."""
        connection, self._connection, self._place = self._connection, None, None
        if connection is not None:
            with suppress(OSError):
                connection.close()

    def _is_open_to(self, parts: SplitResult) -> bool:
        return self._connection is not None and self._place == (parts.scheme, parts.netloc)

    def _ask(
        self,
        parts: SplitResult,
        method: str,
        body: bytes | None,
        headers: Mapping[str, str],
        seconds: float | None,
        most_bytes: int,
    ) -> Answer:
        connection = self._open(parts, seconds or self._seconds)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path, body, {**headers, "User-Agent": "Estafeta"})
        response = connection.getresponse()
        content = response.read(most_bytes + 1)
        if len(content) > most_bytes:
            raise ValueError("The answer is too long.")
        if response.will_close:
            self.close()
        return Answer(response.status, response.headers, content)

    def _open(self, parts: SplitResult, seconds: float) -> http.client.HTTPConnection:
        if not self._is_open_to(parts):
            self.close()
            self._connection, self._place = self._connect(parts), (parts.scheme, parts.netloc)
        assert self._connection is not None
        self._connection.timeout = seconds
        if self._connection.sock is not None:
            self._connection.sock.settimeout(seconds)
        return self._connection

    def _connect(self, parts: SplitResult) -> http.client.HTTPConnection:
        host, port = parts.hostname or "", parts.port
        through = self._proxy
        first = (through.hostname or "", through.port or 3128) if through else (host, port)
        made: http.client.HTTPConnection
        if parts.scheme == "https":
            made = http.client.HTTPSConnection(*first, context=ssl.create_default_context())
        else:
            made = http.client.HTTPConnection(*first)
        if through:
            made.set_tunnel(host, port, _proxy_headers(through))
        return made


def _proxy_headers(proxy: SplitResult) -> dict[str, str]:
    if proxy.username is None:
        return {}
    pair = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
