"""A client of the live stream, as plain as can be: reads events in a thread and keeps them."""

from __future__ import annotations

import http.client
import json
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Event:
    """One event, and when it came."""

    name: str
    data: Any
    id: int | None
    at: float


class Listening:
    """Connects once; `events` grows until the stream ends."""

    def __init__(
        self, port: int, session: str, *, query: str = "", headers: dict[str, str] | None = None
    ) -> None:
        self.events: list[Event] = []
        self.has_ended = threading.Event()
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        cookie = {"Cookie": f"estafeta_session={session}"}
        self._connection.request("GET", f"/events{query}", headers=cookie | (headers or {}))
        self._answer = self._connection.getresponse()
        self.status = self._answer.status
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def named(self, name: str) -> list[Event]:
        """Give the events of one kind so far."""
        return [event for event in self.events if event.name == name]

    def wait_for(self, name: str, count: int = 1, *, seconds: float = 10) -> list[Event]:
        """Wait for so many events of one kind."""
        end = time.monotonic() + seconds
        while len(self.named(name)) < count:
            assert time.monotonic() < end, f"no {name}; there are {self.events}"
            time.sleep(0.01)
        return self.named(name)

    def last_id(self) -> int:
        """Give what a browser would send as Last-Event-ID."""
        return max((event.id for event in list(self.events) if event.id is not None), default=0)

    def close(self) -> None:
        """Hang up."""
        with suppress(OSError):
            if self._connection.sock:
                self._connection.sock.shutdown(2)
        self._thread.join(5)
        self._connection.close()

    def _read(self) -> None:
        fields: dict[str, str] = {}
        with suppress(OSError, http.client.HTTPException, ValueError):
            while line := self._answer.readline():
                text = line.decode().rstrip("\n")
                if text:
                    name, _, value = text.partition(":")
                    fields[name] = value.removeprefix(" ")
                    continue
                if fields.get("event", "beat") != "beat":
                    number = int(fields["id"]) if "id" in fields else None
                    data = json.loads(fields["data"])
                    self.events.append(Event(fields["event"], data, number, time.time()))
                fields = {}
        self.has_ended.set()
