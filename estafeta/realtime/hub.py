"""One for each web process: reads what is new once and gives it to every stream it concerns.

The bell only says that something was committed. Entries and pop-ups are then read from where the
last reading ended, so a bell that rings too often or a process that sleeps for a while costs
nothing but time.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from django.db import DEFAULT_DB_ALIAS, close_old_connections, connections

from estafeta.accounts.standing import Standing
from estafeta.lib.nudge import AsyncBell
from estafeta.realtime import changes, events, visitors
from estafeta.realtime.changes import Change
from estafeta.realtime.listeners import Listener, Readers
from estafeta.realtime.popups import Popup, Popups

log = logging.getLogger(__name__)

T = TypeVar("T")

HEARTBEAT_SECONDS = 15.0
CHECK_SECONDS = 1.0
"""How long a stream may outlive its session."""
STANDING_SECONDS = 60.0
"""Standings are read again at least so often, even if nobody said that rights had changed."""
TROUBLE_SECONDS = 1.0
LINGER_SECONDS = 60.0
MOST_POPUPS = 1000


@dataclass
class Position:
    """How far has been read."""

    entry: int
    popup: int
    rights: int
    announced: int = 0


@dataclass
class News:
    """What one reading found."""

    position: Position
    changes: list[Change]
    popups: list[Popup]
    standings: dict[int, Standing]

    def add(self, popups: Iterable[Popup], standings: dict[int, Standing]) -> None:
        """Add what was found for some people more."""
        self.popups.extend(popups)
        self.standings.update(standings)


class Hub:
    """Started by the first listener; ends some time after the last has gone."""

    def __init__(self, popups: Popups) -> None:
        self.popups = popups
        self.readers = Readers()
        self.position: Position | None = None
        self._task: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="stream")
        self._standings_at = 0.0

    async def run_in_thread(self, function: Callable[..., T], *args: object) -> T:
        """Ask the database without holding up the streams."""

        def call() -> T:
            close_old_connections()
            try:
                return function(*args)
            except Exception:
                connections[DEFAULT_DB_ALIAS].close()
                raise

        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    async def join(self, listener: Listener) -> Position:
        """Listen from now on; give the position up to which others have been told everything."""
        self.readers.add(listener)
        try:
            async with self._starting:
                if self._task is None:
                    self.position = await self.run_in_thread(self.begin)
                    self._task = asyncio.create_task(self._run())
        except BaseException:
            self.readers.drop(listener)
            raise
        assert self.position is not None
        if listener.visitor.rights != self.position.rights:
            self._standings_at = 0.0
        return self.position

    def leave(self, listener: Listener) -> None:
        """Listen no more."""
        self.readers.drop(listener)

    def begin(self) -> Position:
        """Give the position at this moment."""
        return Position(changes.newest(), self.popups.newest(), *visitors.versions())

    async def _run(self) -> None:
        bell = AsyncBell()
        checked = beaten = used = time.monotonic()
        while self.readers or time.monotonic() - used < LINGER_SECONDS:
            try:
                rang = await bell.wait(CHECK_SECONDS)
                is_time = time.monotonic() - checked >= CHECK_SECONDS
                if rang or is_time:
                    await self._tell()
                if is_time:
                    checked = time.monotonic()
                    await self._close_signed_out()
            except Exception:
                log.exception("The live stream could not read what is new; trying again")
                await asyncio.sleep(TROUBLE_SECONDS)
                continue
            if time.monotonic() - beaten >= HEARTBEAT_SECONDS:
                beaten = time.monotonic()
                for listener in self.readers.listeners():
                    listener.give(events.HEARTBEAT)
            if self.readers:
                used = time.monotonic()
        # Nothing is awaited since the readers were counted: who comes now starts a new task.
        self._task = None
        await bell.close()

    async def _tell(self) -> None:
        assert self.position is not None
        before, people = self.position, self.readers.people()
        news = await self.run_in_thread(self._read, before, people)
        while late := self.readers.people() - people:  # came while the thread was reading
            news.add(*await self.run_in_thread(self._read_for, before, news.position, late))
            people |= late
        self.position = news.position
        if news.position.announced != before.announced:
            for listener in self.readers.listeners():
                listener.give(events.COUNTERS)
        self._adopt(news.standings)
        for change in news.changes:
            self._tell_of_change(change, news.position.entry)
        for popup in news.popups:
            if reader := self.readers.by_person.get(popup.person):
                chunk = events.event("notification", popup.data, number=popup.id)
                for listener in reader.listeners:
                    listener.give_popup(popup.id, chunk)

    def _read(self, position: Position, people: set[int]) -> News:
        entry, found = changes.after(position.entry)
        newest = self.popups.newest()
        popups, newest = self.popups.between(position.popup, newest, people, most=MOST_POPUPS)
        # Last: whatever changed somebody's rights before a change of a ticket has to be known.
        rights, announced = visitors.versions()
        standings = {}
        if rights != position.rights or self._are_standings_old():
            self._standings_at = time.monotonic()
            standings = visitors.standings(people)
        return News(Position(entry, newest, rights, announced), found, list(popups), standings)

    def _read_for(
        self, before: Position, now: Position, people: set[int]
    ) -> tuple[list[Popup], dict[int, Standing]]:
        popups: list[Popup] = []
        reached = before.popup
        while reached < now.popup:
            more, reached = self.popups.between(reached, now.popup, people, most=MOST_POPUPS)
            popups += more
        return popups, visitors.standings(people)

    def _are_standings_old(self) -> bool:
        return time.monotonic() - self._standings_at > STANDING_SECONDS

    def _adopt(self, standings: dict[int, Standing]) -> None:
        for person, standing in standings.items():
            reader = self.readers.by_person.get(person)
            if reader and reader.standing != standing:
                reader.standing = standing
                for listener in reader.listeners:
                    listener.give(events.COUNTERS)

    def _tell_of_change(self, change: Change, entry: int) -> None:
        for reader in self.readers.by_person.values():
            if chunk := change.told_to(reader.standing, entry):
                for listener in reader.listeners:
                    listener.give(chunk)

    async def _close_signed_out(self) -> None:
        listening = self.readers.listeners()
        if not listening:
            return
        known = {listener.visitor for listener in listening}
        alive = await self.run_in_thread(visitors.still_signed_in, known)
        for listener in listening:
            if listener.visitor.session not in alive:
                listener.close()
