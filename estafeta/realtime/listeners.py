"""Open streams, in memory."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable

from estafeta.accounts.standing import Standing
from estafeta.realtime.visitors import Visitor

MOST_WAITING = 100
MOST_OF_ONE_PERSON = 32
"""Streams in one process; a browser holds one. More would only fill the memory."""


class Listener:
    """One open stream; what it still has to be sent waits here."""

    __slots__ = ("_wake", "heard", "is_closed", "visitor", "waiting")

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.waiting: deque[bytes] = deque()
        self.is_closed = False
        # The newest pop-up it was given; an earlier one is not given again.
        self.heard = 0
        self._wake = asyncio.Event()

    def give(self, chunk: bytes) -> None:
        """Queue it; whoever does not keep up is closed, and comes back asking for the rest."""
        if len(self.waiting) >= MOST_WAITING:
            self.close()
            return
        self.waiting.append(chunk)
        self._wake.set()

    def give_popup(self, number: int, chunk: bytes) -> None:
        """Queue a pop-up, unless it was given before."""
        if number > self.heard:
            self.heard = number
            self.give(chunk)

    def close(self) -> None:
        """End the stream; what is queued goes no further than it has come."""
        self.is_closed = True
        self._wake.set()

    async def next(self) -> bytes:
        """Wait for something to send; empty when the stream has ended."""
        while not self.waiting and not self.is_closed:
            self._wake.clear()
            await self._wake.wait()
        if self.is_closed:
            return b""
        chunk = b"".join(self.waiting)
        self.waiting.clear()
        return chunk


class Reader:
    """A person with all of his streams."""

    __slots__ = ("listeners", "standing")

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self.listeners: list[Listener] = []


class Readers:
    """Everybody who listens, by person."""

    def __init__(self) -> None:
        self.by_person: dict[int, Reader] = {}

    def __len__(self) -> int:
        return len(self.by_person)

    def add(self, listener: Listener) -> None:
        """Somebody begins to listen; of very many streams of one person the oldest end."""
        visitor = listener.visitor
        reader = self.by_person.setdefault(visitor.person, Reader(visitor.standing))
        reader.standing = visitor.standing
        reader.listeners.append(listener)
        for old in reader.listeners[:-MOST_OF_ONE_PERSON]:
            old.close()

    def drop(self, listener: Listener) -> None:
        """Somebody listens no more."""
        reader = self.by_person.get(listener.visitor.person)
        if reader and listener in reader.listeners:
            reader.listeners.remove(listener)
            if not reader.listeners:
                del self.by_person[listener.visitor.person]

    def listeners(self) -> Iterable[Listener]:
        """All open streams."""
        return [one for reader in self.by_person.values() for one in reader.listeners]

    def people(self) -> set[int]:
        """Ids of everybody who listens."""
        return set(self.by_person)
