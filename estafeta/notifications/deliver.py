"""What leaves the house, channel by channel, each in a lane of its own.

A delivery is tried at least once and never lost: a worker that dies keeps it only until its lease
ends. Nothing is sent inside a transaction, and results are written as they come, so that a death
repeats at most the messages in hand, under the same names.
"""

from __future__ import annotations

import logging
import threading
import time

from django.db import DEFAULT_DB_ALIAS, close_old_connections, connections

from estafeta.notifications.channels.channel import Channel
from estafeta.notifications.outbox import clock_set_back, pace
from estafeta.notifications.outbox.lane import Lane

log = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
KEPT_SECONDS = 5.0
"""A lane without work ends after so long, so that an idle worker carries none."""
TROUBLE_SECONDS = 2.0
FINISH_SECONDS = 8.0


def run_once() -> int:
    """Try some due deliveries of each channel, one channel after another; how many had their turn."""
    count = 0
    for channel in pace.due():
        with Lane(channel) as lane:
            count += lane.work_off()
    return count


class Lanes:
    """The lanes of one worker: started when their channel has something due, ended when it has not."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._running: dict[str, _Thread] = {}

    def look(self) -> int:
        """Start or wake the lanes that have something to do."""
        clock_set_back.put_right()
        for channel in pace.due():
            lane = self._running.get(channel.name)
            if lane is not None and lane.is_alive():
                lane.ring()
            elif not self._stopping.is_set():
                self._running[channel.name] = started = _Thread(channel, self._stopping)
                started.start()
        return 0

    def stop(self) -> None:
        """Let all of them finish what is on its way."""
        self._stopping.set()
        for lane in self._running.values():
            lane.ring()
        for lane in self._running.values():
            lane.join()


class _Thread(threading.Thread):
    def __init__(self, channel: Channel, stopping: threading.Event) -> None:
        super().__init__(name=f"{channel.name} lane")
        self._lane = Lane(channel)
        self._stopping = stopping

    def ring(self) -> None:
        self._lane.ring()

    def run(self) -> None:
        """Work until there has been nothing to do for a while, or the worker stops."""
        busy_at = time.monotonic()
        with self._lane:
            while not self._stopping.is_set() and time.monotonic() - busy_at < KEPT_SECONDS:
                try:
                    if self._lane.turn(seconds=IDLE_SECONDS):
                        busy_at = time.monotonic()
                    close_old_connections()
                except Exception:
                    log.exception("%s failed", self.name)
                    self._recover()
                    busy_at = time.monotonic()
            try:
                self._lane.finish(seconds=FINISH_SECONDS)
            except Exception:
                log.exception("%s could not finish", self.name)
        connections.close_all()

    def _recover(self) -> None:
        connections[DEFAULT_DB_ALIAS].close()
        self._stopping.wait(TROUBLE_SECONDS)
