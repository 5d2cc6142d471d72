"""A WSGI application in threads of an ASGI server, one step to the loop for an answer.

a2wsgi's own responder goes to the loop and back for the head, for each piece of the body and for
its end; under load every step waits for the other threads.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

from a2wsgi.wsgi import WSGIResponder

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

AT_ONCE = 2
"""Pages that are made at a time: of more, each would wait for Python's one lock after every row."""
SLOW_SECONDS = 0.1
"""A page that takes longer holds up no others: it waits for something, or has much to do."""
HELD = 512 * 1024
"""Bytes of an answer that wait for its end; what is longer goes out piece by piece."""
QUEUE = 4


class WSGIThreads:
    """The ASGI face of a WSGI application."""

    def __init__(self, application: Callable[..., Any], *, threads: int) -> None:
        self._application = application
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self._turns = Turns(AT_ONCE, SLOW_SECONDS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        responder = _HoldingResponder(self._application, self._executor, QUEUE)
        end = await self._turns.begin()
        try:
            await responder(cast(Any, scope), cast(Any, receive), cast(Any, send))
        finally:
            end()


class Turns:
    """Few at a time, in the order in which they came; who is slow gives up his place to the next."""

    def __init__(self, at_once: int, slow: float) -> None:
        self._free = at_once
        self._slow = slow
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def begin(self) -> Callable[[], None]:
        """Wait for a place; gives what has to be called at the end."""
        loop = asyncio.get_running_loop()
        if self._free:
            self._free -= 1
        else:
            mine = loop.create_future()
            self._waiting.append(mine)
            try:
                await mine
            except asyncio.CancelledError:
                if mine.done() and not mine.cancelled():
                    self._leave()
                raise
        given_up = loop.call_later(self._slow, self._leave)

        def end() -> None:
            if loop.time() < given_up.when():
                given_up.cancel()
                self._leave()

        return end

    def _leave(self) -> None:
        while self._waiting:
            following = self._waiting.popleft()
            if not following.done():
                following.set_result(None)
                return
        self._free += 1


class _HoldingResponder(WSGIResponder):
    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._held: list[Any] = []
        self._bytes = 0

    def send(self, message: Any) -> None:
        """Called in the page's thread."""
        self._held.append(message)
        self._bytes += len(message.get("body", b""))
        if self._bytes > HELD:
            for held in self._held:
                super().send(held)
            self._held, self._bytes = [], 0

    async def sender(self, send: Any) -> None:
        """Called in the loop: what came piece by piece, and at the end what was held."""
        while (message := await self.send_queue.get()) is not None:
            await send(message)
        starts = [held for held in self._held if held["type"] == "http.response.start"]
        body = b"".join(held.get("body", b"") for held in self._held)
        for start in starts:
            await send(start)
        await send({"type": "http.response.body", "body": body, "more_body": False})
