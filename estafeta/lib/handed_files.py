"""A view decides whether and how a file is sent; the bytes go out here, without its thread.

The view answers with the header `X-Handed-File` (the name of the blob) and no body. It has asked the
rule of sight for this very request, so nothing about the address has to be secret.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from estafeta.lib import filesend
from estafeta.lib.blobs import blobs

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

HEADER = "X-Handed-File"
_NAME = HEADER.lower().encode()


class HandedFiles:
    """Around the pages: puts the file in the place of an answer that hands one over."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        handed: MutableMapping[str, Any] | None = None

        async def watch(message: MutableMapping[str, Any]) -> None:
            nonlocal handed
            starts = message["type"] == "http.response.start"
            if starts and any(name.lower() == _NAME for name, _value in message["headers"]):
                handed = message
            if handed is None:
                await send(message)

        await self._application(scope, receive, watch)
        if handed is not None:
            await _send_file(scope, send, handed)


async def _send_file(scope: Scope, send: Send, handed: MutableMapping[str, Any]) -> None:
    pairs = [(name.decode("latin-1").lower(), value) for name, value in handed["headers"]]
    name = next(value.decode("latin-1") for key, value in pairs if key == _NAME.decode())
    left_out = (_NAME.decode(), "content-length")
    headers = [(key, value.decode("latin-1")) for key, value in pairs if key not in left_out]
    try:
        size = await asyncio.to_thread(blobs().size, name)
        await filesend.send_part(
            scope, send, filesend.Source(name, size, lambda a, b: blobs().part(name, a, b)), headers
        )
    except OSError:
        await filesend.refuse(send, 404)
