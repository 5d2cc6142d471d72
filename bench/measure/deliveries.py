"""How fast messages leave, how soon the first one, and whether a long queue costs more than a short.

Run inside an installation: `python -m bench.measure.deliveries`. Letters go to a mail server in a
process of its own; the bare loop hands ready-made letters to it over one kept connection.
"""

from __future__ import annotations

import gc
import json
import os
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from bench.measure import queueing
from bench.measure.environment import ROOT, end
from bench.measure.sink import SINK_PORT, moments, settings, sink

ROUNDS, OPENED, CLAIMS = 3, 60, 20
RELAY_DELAY = 0.02
"""Seconds a usual relay takes over a letter: more workers are there to wait beside each other."""
START_SECONDS, QUIET_SECONDS, MOST_SECONDS = 4.0, 2.0, 120.0


@contextmanager
def workers(count: int) -> Iterator[list[int]]:
    """So many real workers; their pids."""
    command = [sys.executable, "-m", "estafeta", "worker"]
    started = [
        subprocess.Popen(command, cwd=ROOT, env=os.environ | settings(), stdout=subprocess.DEVNULL)
        for _ in range(count)
    ]
    try:
        time.sleep(START_SECONDS * count)
        yield [process.pid for process in started]
    finally:
        for process in started:
            end(process)


def collected(count: int) -> list[float]:
    """Wait for so many letters; their moments."""
    found: list[float] = []
    last = time.monotonic() + MOST_SECONDS
    while len(found) < count:
        if time.monotonic() > last:
            raise SystemExit(f"{len(found)} letters of {count} came")
        time.sleep(0.1)
        found += moments()
    return sorted(found)


def rate(found: list[float]) -> float:
    """Letters a second between the first and the last."""
    return (len(found) - 1) / (found[-1] - found[0])


def product(count: int) -> float:
    """Letters a second through so many workers that have nothing else to do."""
    moments()
    with workers(count):
        queueing.queue_letters(ready_at=_far_away())
        time.sleep(QUIET_SECONDS)
        queueing.release()
        return rate(collected(queueing.LETTERS))


def _far_away() -> Any:
    from django.utils import timezone

    return timezone.now() + queueing.FAR_AWAY - timedelta(hours=1)


def bare() -> float:
    """Letters a second of a loop that has nothing to do but to hand over what is ready."""
    ready = _ready_made()
    moments()
    with smtplib.SMTP("127.0.0.1", SINK_PORT) as server:
        server.ehlo()
        for letter, to in ready:
            server.mail("estafeta@localhost")
            server.rcpt(to)
            server.data(letter)
    return rate(moments())


def _ready_made() -> list[tuple[bytes, str]]:
    from estafeta.notifications.channels import CHANNELS
    from estafeta.notifications.outbox import claims, writing

    queueing.queue_letters(ready_at=_far_away())
    queueing.release()
    mail, made = CHANNELS["mail"], []
    while bundles := claims.claim(mail, most=40):
        for letter, _ended in writing.written(mail, bundles, {}):
            assert letter is not None
            made.append((letter.message, letter.to))
    queueing.clear()
    return made


def throughput() -> dict[str, float]:
    """One worker and the bare loop, in turns, at both servers; then two workers at a slow relay."""
    from django.db import connection

    told: dict[str, float] = {}
    for kind in ("usual", "lean"):
        with sink(kind):
            pairs = [(bare(), product(1)) for _round in range(ROUNDS)]
        told[f"{kind}_bare"], told[f"{kind}_one"] = (
            median(rates) for rates in zip(*pairs, strict=True)
        )
        told[f"{kind}_ratio"] = told[f"{kind}_one"] / told[f"{kind}_bare"]
    if connection.vendor == "postgresql":
        with sink("usual", RELAY_DELAY):
            pairs = [(product(1), product(2)) for _round in range(ROUNDS)]
        told["relay_one"], told["relay_two"] = (median(rates) for rates in zip(*pairs, strict=True))
        told["two_to_one"] = told["relay_two"] / told["relay_one"]
    return told


def latency() -> dict[str, float]:
    """Seconds from the commit of a new ticket until the mail server has the letter."""
    from estafeta.tickets.actions import open_ticket

    people = queueing.receivers()
    delays = []
    with sink(), workers(1):
        open_ticket(by=people[0], title="Первая", people=[people[1]])
        collected(1)
        time.sleep(QUIET_SECONDS)
        moments()
        for number in range(OPENED):
            began = time.time()
            open_ticket(by=people[0], title=f"Заявка {number}", people=[people[1 + number % 90]])
            committed, came = time.time(), list[float]()
            while not came:
                time.sleep(0.01)
                # The head hears of it too: of the ticket before, perhaps only now.
                came = [moment for moment in moments() if moment > began]
            delays.append(came[0] - committed)
            time.sleep(0.3)
    delays.sort()
    return {"p50": median(delays), "p95": delays[int(len(delays) * 0.95)], "worst": delays[-1]}


def long_queue() -> dict[str, float]:
    """A claim out of a short queue and out of a long one, and what a worker grows by."""
    from estafeta.notifications.channels import CHANNELS
    from estafeta.notifications.models import Delivery
    from estafeta.notifications.outbox import claims, pace

    def times(run: Callable[[], Any]) -> float:
        found = []
        for _ in range(CLAIMS):
            began = time.perf_counter()
            run()
            found.append((time.perf_counter() - began) * 1000)
        return min(found)

    def claim() -> Any:
        return claims.claim(CHANNELS["mail"], most=40)

    # As a worker does it when it starts.
    gc.collect()
    gc.freeze()
    told: dict[str, float] = {}
    for name, count in (("short", 40 * CLAIMS * 2), ("long", queueing.LONG_QUEUE)):
        queueing.clear()
        queueing.queue_many(count)
        _statistics()
        claim()
        told[f"claim_{name}"], told[f"look_{name}"] = times(claim), times(pace.due)
    told["ratio"] = told["claim_long"] / told["claim_short"]
    queueing.clear()
    with sink(), workers(1) as [pid]:
        queueing.queue_many(4000)
        collected(4000)
        before = _own_megabytes(pid)
        queueing.queue_many(queueing.LONG_QUEUE)
        collected(4000)
        told["own"] = _own_megabytes(pid)
        told["grown"] = told["own"] - before
    told["left"] = Delivery.objects.queued().count()
    queueing.clear()
    return told


def _own_megabytes(pid: int) -> float:
    """What the process has for itself; pages of the database file are the system's."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss_Anon:")) / 1024


def _statistics() -> None:
    """As the nightly job refreshes them."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE notifications_delivery")


def measure() -> dict[str, Any]:
    """Everything."""
    from estafeta.notifications import fan_out

    fan_out.skip_history()
    queueing.clear()
    return {"throughput": throughput(), "latency": latency(), "queue": long_queue()}


if __name__ == "__main__":
    from estafeta.ops.django_setup import load_django

    os.environ.update(settings())
    load_django()
    asked = {"throughput": throughput, "latency": latency, "queue": long_queue}
    print(json.dumps(asked[sys.argv[1]]() if len(sys.argv) > 1 else measure()))
