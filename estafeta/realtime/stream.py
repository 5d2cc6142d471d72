"""`/events`: the live stream as server-sent events, straight on ASGI."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from estafeta.lib.ids import LARGEST
from estafeta.realtime import changes, events, leases, sources, visitors
from estafeta.realtime.hub import Hub
from estafeta.realtime.listeners import Listener
from estafeta.realtime.popups import Popups
from estafeta.realtime.reading import Position
from estafeta.realtime.visitors import Visitor

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

MOST_TOLD_AGAIN = 100
"""Whoever missed more fetches his pages anew instead."""
STUCK_SECONDS = 30.0
ANNOUNCED = "announced"
"""The version of announcements, of which a page says what it shows, as it does of each source."""
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    # Proxies must pass each event on at once.
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


class Stream:
    """The application; `popups` is where people's own messages come from."""

    def __init__(self, popups: Popups) -> None:
        self._popups = popups
        self._hub: Hub | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a stream lasts until one side ends it."""
        if scope["method"] != "GET":
            return await _refuse(send, 405)
        # Made here, inside the server's event loop.
        self._hub = hub = self._hub or Hub(self._popups)
        headers = dict(scope["headers"])
        key = visitors.session_key(headers.get(b"cookie", b"").decode("latin-1"))
        visitor = await hub.run_in_thread(visitors.visitor, key) if key else None
        if visitor is None:
            return await _refuse(send, 401)
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        if b"once" in scope["query_string"]:
            return await self._once(hub, visitor, _heard(scope, headers), send)
        listener = Listener(visitor)
        leaving = asyncio.create_task(_notice_leaving(receive, listener))
        try:
            await self._stream(hub, listener, _heard(scope, headers), send)
        finally:
            leaving.cancel()
            hub.leave(listener)

    async def _stream(self, hub: Hub, listener: Listener, heard: Heard, send: Send) -> None:
        listener.heard = heard.popup or 0
        position = await hub.join(listener)
        # What is newer than this position the hub gives by itself; what is older is read here.
        missed = await hub.run_in_thread(self._missed, heard, position, listener.visitor)
        await _send(send, missed)
        while chunk := await listener.next():
            await _send(send, chunk)
        with suppress(OSError, RuntimeError):
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _once(self, hub: Hub, visitor: Visitor, heard: Heard, send: Send) -> None:
        """What a stream would begin with, for those between whom and us no stream comes through."""
        await hub.run_in_thread(leases.renew, visitor)
        position = await hub.run_in_thread(hub.begin)
        missed = await hub.run_in_thread(self._missed, heard, position, visitor)
        await send({"type": "http.response.body", "body": missed, "more_body": False})

    def _missed(self, heard: Heard, now: Position, visitor: Visitor) -> bytes:
        """Greet, give what this person missed, or the word to fetch everything anew."""
        popup = now.popup if heard.popup is None else heard.popup
        entry = now.entry if heard.entry is None else heard.entry
        told = [events.hello(visitor.person)]
        is_too_much = False
        if popup < now.popup:
            rows, to = self._popups.between(
                popup, now.popup, [visitor.person], most=MOST_TOLD_AGAIN
            )
            is_too_much = to < now.popup or not self._popups.is_remembered(popup)
            if not is_too_much:
                told += [events.event("notification", row.data, number=row.id) for row in rows]
        if entry < now.entry:
            to, found = changes.after(entry)
            is_too_much |= to < now.entry
            told += [chunk for change in found if (chunk := change.told_to(visitor.standing, to))]
        if is_too_much:
            told.append(events.RELOAD)
        told += self._missed_of_sources(heard, now, visitor)
        if heard.sources.get(ANNOUNCED, now.announced) < now.announced:
            told.append(events.missed(ANNOUNCED, now.announced))
        reached = max(popup, now.popup), max(entry, now.entry)
        return b"".join([*told, events.reached(*reached, now.sources, now.announced)])

    def _missed_of_sources(self, heard: Heard, now: Position, visitor: Visitor) -> list[bytes]:
        told = []
        for source in sources.SOURCES:
            up_to = now.sources.get(source.name, 0)
            after = heard.sources.get(source.name, up_to)
            if after >= up_to:
                continue
            rows, to = source.between(after, up_to, [visitor.person], most=MOST_TOLD_AGAIN)
            if to < up_to:
                told.append(events.missed(source.name, up_to))
            else:
                told += [events.news(source.name, row) for row in rows]
        return told


@dataclass(frozen=True)
class Heard:
    """What a client says it has: the last pop-up, and the state its page was made of."""

    popup: int | None
    entry: int | None
    sources: dict[str, int]


def _heard(scope: Scope, headers: dict[bytes, bytes]) -> Heard:
    said = parse_qs(scope["query_string"].decode("latin-1"))
    # The browser repeats by itself the last id it was given; a page says it in the address.
    again = headers.get(b"last-event-id", b"").decode("latin-1")
    names = [*(one.name for one in sources.SOURCES), ANNOUNCED]
    numbers = {name: _number(said.get(name, [])) for name in names}
    known = {name: number for name, number in numbers.items() if number is not None}
    return Heard(_number([again, *said.get("after", [])]), _number(said.get("entry", [])), known)


def _number(texts: Iterable[str]) -> int | None:
    numbers = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 20]
    return max((number for number in numbers if number <= LARGEST), default=None)


async def _notice_leaving(receive: Receive, listener: Listener) -> None:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            listener.close()
            return


async def _send(send: Send, chunk: bytes) -> None:
    async with asyncio.timeout(STUCK_SECONDS):
        await send({"type": "http.response.body", "body": chunk, "more_body": True})


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
