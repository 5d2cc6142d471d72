"""One for each web process: reads what is new once and gives it to every stream it concerns.

The bell only says that something was committed. Entries and pop-ups are then read from where the
last reading ended, so a bell that rings too often or a process that sleeps for a while costs
nothing but time.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import DEFAULT_DB_ALIAS, close_old_connections, connections

from estafeta.accounts.standing import Standing
from estafeta.lib.nudge import AsyncBell
from estafeta.realtime import events, reading, visitors
from estafeta.realtime.attendance import Attendance
from estafeta.realtime.changes import Change
from estafeta.realtime.dots import Dots
from estafeta.realtime.leases import Leases
from estafeta.realtime.listeners import Listener, Readers
from estafeta.realtime.people_place import PEOPLE
from estafeta.realtime.popups import Popups
from estafeta.realtime.reading import News, Position

log = logging.getLogger(__name__)

T = TypeVar("T")

HEARTBEAT_SECONDS = 15.0
CHECK_SECONDS = 1.0
"""How long a stream may outlive its session."""
STANDING_SECONDS = 60.0
"""Standings are read again at least so often, even if nobody said that rights had changed."""
DOTS_SECONDS = 5.0
TROUBLE_SECONDS = 1.0
LINGER_SECONDS = 60.0


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
        self._dotted_at = 0.0
        self._attendance = Attendance()
        self._dots = Dots()
        self._leases = Leases()

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
        self._leases.begin(listener.visitor)
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
        return reading.newest(self.popups)

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
                    await self._renew_leases()
                    await self._tell_states()
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
            news.add(
                await self.run_in_thread(reading.between, before, news.position, late, self.popups)
            )
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
        for source, told in news.told:
            chunk = events.news(source, told)
            self._give(dict.fromkeys(told.people, chunk))
        self._give(news.places)

    def _give(self, told: Mapping[int, bytes]) -> None:
        for person, chunk in told.items():
            if reader := self.readers.by_person.get(person):
                for listener in reader.listeners:
                    listener.give(chunk)

    def _read(self, position: Position, people: set[int]) -> News:
        news = reading.after(position, people, self.popups)
        if news.position.rights != position.rights or self._are_standings_old():
            self._standings_at = time.monotonic()
            news.standings = visitors.standings(people)
        news.places = self._attendance.read(people)
        return news

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
        everybody = list(self.readers.by_person.values())
        told = [reader for reader in everybody if change.is_shown_to(reader.standing)]
        left = [reader for reader in everybody if change.has_left(reader.standing)]
        crowd = sum(len(reader.listeners) for reader in told)
        # How many of the staff look is no business of a client.
        staff = [reader for reader in told if reader.standing.is_agent]
        others = [reader for reader in told if not reader.standing.is_agent]
        for readers, chunk in (
            (staff, change.event(entry, crowd)),
            (others, change.event(entry, 1)),
            (left, change.gone()),
        ):
            for reader in readers:
                for listener in reader.listeners:
                    listener.give(chunk)

    async def _renew_leases(self) -> None:
        if due := self._leases.due([one.visitor for one in self.readers.listeners()]):
            await self.run_in_thread(due)

    async def _tell_states(self) -> None:
        watchers = self._attendance.people_at(PEOPLE) & self.readers.people()
        if not watchers:
            self._dots.rest()
        elif time.monotonic() - self._dotted_at >= DOTS_SECONDS:
            self._dotted_at = time.monotonic()
            standings = {one: self.readers.by_person[one].standing for one in watchers}
            self._give(await self.run_in_thread(self._dots.read, standings))

    async def _close_signed_out(self) -> None:
        listening = self.readers.listeners()
        if not listening:
            return
        known = {listener.visitor for listener in listening}
        alive = await self.run_in_thread(visitors.still_signed_in, known)
        for listener in listening:
            if listener.visitor.session not in alive:
                listener.close()
