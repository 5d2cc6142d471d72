"""The worker: does what follows from a change, in lanes that do not wait for each other.

Each channel of messages has a lane of its own besides, while it has work (`notifications/deliver.py`):
a slow mail server holds up the letters and nothing else.
"""

from __future__ import annotations

import gc
import logging
import signal
import threading
from collections.abc import Callable

from django.db import DEFAULT_DB_ALIAS, close_old_connections, connections
from django.utils.module_loading import import_string

from estafeta.lib.nudge import Bell
from estafeta.notifications.deliver import Lanes
from estafeta.ops import timetable

log = logging.getLogger(__name__)

# Each is called again and again while it reports work done, then waits for the bell or a second.
STEPS = (
    "estafeta.notifications.telling.run_once",
    "estafeta.lib.jobs.runner.run_one",
    "estafeta.telegram.receive.run_once",
)
IDLE_SECONDS = 1.0
TROUBLE_SECONDS = 3.0


class Lane(threading.Thread):
    """One step, over and over, with a database connection of its own."""

    def __init__(self, name: str, step: Callable[[], int], stopping: threading.Event) -> None:
        super().__init__(name=name)
        self.step = step
        self.stopping = stopping
        self.bell = threading.Event()

    def run(self) -> None:
        """Work until told to stop; an error costs a pause, not the lane."""
        while not self.stopping.is_set():
            self.bell.clear()
            try:
                if self.step():
                    continue
            except Exception:
                log.exception("%s failed", self.name)
                connections[DEFAULT_DB_ALIAS].close()
                self.stopping.wait(TROUBLE_SECONDS)
                continue
            close_old_connections()
            self.bell.wait(IDLE_SECONDS)
        connections.close_all()


def work() -> None:
    """Run all lanes and the timetable until SIGTERM or SIGINT; what was begun is finished."""
    # What is loaded by now stays for ever: no collection need look through it again.
    gc.collect()
    gc.freeze()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    deliveries = Lanes()
    lanes = [Lane(path, import_string(path), stopping) for path in STEPS]
    lanes.append(Lane("deliveries", deliveries.look, stopping))
    for lane in lanes:
        lane.start()
    planner = timetable.Planner()
    while not stopping.is_set():
        try:
            _listen(lanes, planner, stopping)
        except Exception:
            log.exception("The worker lost its database; trying again")
            connections[DEFAULT_DB_ALIAS].close()
            stopping.wait(TROUBLE_SECONDS)
    for lane in lanes:
        lane.bell.set()
    for lane in lanes:
        lane.join()
    deliveries.stop()


def _listen(lanes: list[Lane], planner: timetable.Planner, stopping: threading.Event) -> None:
    with Bell() as bell:
        while not stopping.is_set():
            planner.plan()
            if bell.wait(IDLE_SECONDS):
                for lane in lanes:
                    lane.bell.set()
            close_old_connections()
