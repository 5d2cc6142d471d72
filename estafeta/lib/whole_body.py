"""A request goes to a page's thread only when its body has arrived.

There are few threads; one that waits for a slow sender answers nobody else, and some dozens of
senders who never finish would take them all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, nullcontext
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

MOST_BYTES = 32 * 1024 * 1024
IN_MEMORY = 64 * 1024
"""Longer bodies lie in a file of the system's folder for such, a few at a time."""
MOST_LONG = 8
MOST_UPLOADS, MOST_UPLOADS_AT_WORK = 24, 6
"""Files on their way at a time, and how many of those that are here a thread looks into."""
SECONDS = 60.0
UPLOAD_SECONDS = 1800.0
"""A large file on a slow line takes its time; while nothing comes, `SECONDS` are enough."""
ROOM_AROUND = 1024 * 1024
"""What a form says besides the file."""
PIECE = 256 * 1024


@dataclass(frozen=True)
class Uploads:
    """Addresses that take files, and how many bytes at most."""

    addresses: tuple[str, ...] = ()
    most_bytes: int = MOST_BYTES


@dataclass(frozen=True)
class _Allowance:
    most_bytes: int
    seconds: float
    places: asyncio.Semaphore
    at_work: AbstractAsyncContextManager[object]


class WholeBody:
    """Around an application: gives it requests whose bodies are here."""

    def __init__(
        self,
        application: Application,
        *,
        seconds: float = SECONDS,
        uploads: Uploads | None = None,
    ) -> None:
        self._application, self._seconds = application, seconds
        self._uploads = uploads or Uploads()
        self._forms = _Allowance(MOST_BYTES, seconds, asyncio.Semaphore(MOST_LONG), nullcontext())
        self._files = _Allowance(
            self._uploads.most_bytes + ROOM_AROUND, UPLOAD_SECONDS,
            asyncio.Semaphore(MOST_UPLOADS), asyncio.Semaphore(MOST_UPLOADS_AT_WORK),
        )  # fmt: skip

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        length = _length(scope)
        if not length:
            await self._application(scope, receive, send)
            return
        is_upload = scope.get("path") in self._uploads.addresses
        allowance = self._files if is_upload else self._forms
        if is_upload and not _says_who(scope):
            await _refuse(send, 401)
            return
        if length > allowance.most_bytes:
            await _refuse(send, 413)
            return
        with SpooledTemporaryFile(IN_MEMORY) as body:
            async with AsyncExitStack() as stack:
                await self._answer(scope, receive, send, body, stack, allowance)

    async def _answer(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        body: IO[bytes],
        stack: AsyncExitStack,
        allowance: _Allowance,
    ) -> None:
        try:
            async with asyncio.timeout(allowance.seconds):
                if _length(scope) > IN_MEMORY:
                    await stack.enter_async_context(allowance.places)
                is_whole = await _collect(receive, body, self._seconds)
        except TimeoutError:
            await _refuse(send, 408)
            return
        if is_whole:
            body.seek(0)
            async with allowance.at_work:
                await self._application(scope, _again(body, receive), send)


def _length(scope: Scope) -> int:
    """What the sender has announced; without that pages read nothing."""
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() and len(value) < 20 else 0
    return 0


def _says_who(scope: Scope) -> bool:
    """Files of people without a session or a token are not even received."""
    return any(name in (b"cookie", b"authorization") for name, _value in scope["headers"])


async def _collect(receive: Receive, body: IO[bytes], seconds: float) -> bool:
    """Whether everything came; the sender may also have left."""
    while True:
        async with asyncio.timeout(seconds):
            message = await receive()
        if message["type"] != "http.request":
            return False
        body.write(message.get("body", b""))
        if not message.get("more_body", False):
            return True


def _again(body: IO[bytes], receive: Receive) -> Receive:
    """The body as if it arrived now."""
    is_over = False

    async def give() -> MutableMapping[str, Any]:
        nonlocal is_over
        if is_over:
            return await receive()
        piece = body.read(PIECE)
        is_over = len(piece) < PIECE
        return {"type": "http.request", "body": piece, "more_body": not is_over}

    return give


async def _refuse(send: Send, status: int) -> None:
    headers = [
        (b"content-length", b"0"),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
