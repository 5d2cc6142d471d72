"""Whole pages over HTTP, and the floor under them."""

from __future__ import annotations

import asyncio
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from bench.measure.client import Times, hammer
from bench.measure.environment import PORT, ROOT, Installation, end
from bench.measure.processes import cpu_seconds
from bench.sizes import COMMON_WORD, RARE_WORD

FLOOR_PORT = PORT + 1
CLIENTS = 8
Figures = dict[str, float]


def paths_of(page: str, tickets: list[int], start: int) -> Iterator[str]:
    """Addresses one client asks for, one after the other."""
    fixed = {
        "list": "/inbox", "dashboard": "/", "search": f"/search?q={quote(RARE_WORD)}",
        "search_common": f"/search?q={quote(COMMON_WORD)}", "all": "/tickets",
    }  # fmt: skip
    if page in fixed:
        return itertools.repeat(fixed[page])
    turned = tickets[start:] + tickets[:start]
    return itertools.cycle([f"/tickets/{number}" for number in turned])


def measure_page(port: int, cookie: str, make: Any, *, seconds: float, pids: list[int]) -> Figures:
    """One client alone, then eight at once; processor time is taken while there are eight."""
    asyncio.run(hammer(port, cookie, [make(start) for start in range(4)], seconds=seconds / 4))
    alone = asyncio.run(hammer(port, cookie, [make(0)], seconds=seconds / 2))
    before = cpu_seconds(pids)
    eight = asyncio.run(
        hammer(port, cookie, [make(7 * client) for client in range(CLIENTS)], seconds=seconds)
    )
    return _figures(alone, eight, cpu_seconds(pids) - before)


def _figures(alone: Times, eight: Times, cpu: float) -> Figures:
    return {
        "p50": alone.p50, "p95": alone.p95, "rate": eight.rate, "p50_8": eight.p50,
        "p95_8": eight.p95, "spread": eight.p95 / eight.p50,
        "cpu": cpu * 1000 / len(eight.milliseconds),
    }  # fmt: skip


@contextmanager
def floor_served(place: Installation) -> Iterator[int]:
    """The floor's application on the web server that the product uses."""
    command = [
        sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1",
        "--port", str(FLOOR_PORT), "--workers", "2", "--no-ws", "--log-level", "error",
        "bench.measure.floor_app:application",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=place.environment())
    try:
        time.sleep(2.0)
        yield process.pid
    finally:
        end(process)


def measure_floor(place: Installation, cast: dict[str, Any], *, seconds: float) -> dict[str, Any]:
    """The least a list and a ticket could cost, and bare SQL."""
    tickets = cast["tickets"]["agent"]
    found: dict[str, Any] = {
        "bare": json.loads(place.run("bench.measure.inside", "bare", place.size))
    }
    with floor_served(place) as pid:
        pids = [pid, *place.database_pids]

        def the_list(start: int) -> Iterator[str]:
            return itertools.repeat(f"/list/{cast['department']}")

        def the_ticket(start: int) -> Iterator[str]:
            return itertools.cycle([f"/ticket/{number}" for number in tickets])

        for name, make in (("list", the_list), ("ticket", the_ticket)):
            found[name] = measure_page(FLOOR_PORT, "", make, seconds=seconds, pids=pids)
    return found


def measure_pages(
    place: Installation,
    cast: dict[str, Any],
    server: int,
    wanted: list[tuple[str, str]],
    *,
    seconds: float,
) -> dict[str, Figures]:
    """Each wanted (page, role)."""
    found = {}
    pids = [server, *place.database_pids]
    for page, role in wanted:
        tickets = cast["tickets"][role]

        def make(start: int, page: str = page, tickets: list[int] = tickets) -> Iterator[str]:
            return paths_of(page, tickets, start)

        name = page if role == "agent" else f"{page}, {role}"
        found[name] = measure_page(PORT, cast["cookies"][role], make, seconds=seconds, pids=pids)
    return found
