"""The least that holds streams: bare ASGI, server-sent events, a sign of life each fifteen seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
HEADERS = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]


async def application(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """Every address is a stream, which lasts until the client has gone."""
    if scope["type"] != "http":
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    leaving = asyncio.create_task(_until_left(receive))
    with suppress(OSError, RuntimeError):
        while not leaving.done():
            await send({"type": "http.response.body", "body": b":\n\n", "more_body": True})
            await asyncio.wait([leaving], timeout=15)
    leaving.cancel()


async def _until_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
