"""Long stories: a ticket of a thousand comments beside one of ten, and a merge of two of five hundred.

Run inside an installation it makes the tickets and merges: `python -m bench.measure.stories`.
"""

from __future__ import annotations

import itertools
import json
import time
from statistics import median
from typing import Any

from bench.measure.environment import PORT, Installation
from bench.measure.pages import measure_page
from bench.sizes import AGENTS

SHORT, LONG, HALF = 10, 1000, 500
ROUNDS = 7


def make() -> dict[str, float]:
    """Numbers of the tickets; milliseconds of a merge and of taking it back."""
    from estafeta.accounts.models import Department, Membership
    from estafeta.tickets import actions

    department = list(Department.objects.order_by("pk"))[AGENTS]
    rows = Membership.objects.filter(department=department, is_head=False).order_by("pk")
    agent = rows.select_related("person")[0].person
    short, long, one, other = (
        _told(agent, department, comments=comments) for comments in (SHORT, LONG, HALF, HALF)
    )
    times: dict[str, list[float]] = {"merge": [], "unmerge": []}
    for _round in range(ROUNDS):
        times["merge"].append(_timed(lambda: actions.merge(one, by=agent, other=other)))
        times["unmerge"].append(_timed(lambda: actions.unmerge(one, by=agent)))
    return {name: median(found) for name, found in times.items()} | {
        "short": short.pk, "long": long.pk,
    }  # fmt: skip


def _told(agent: Any, department: Any, *, comments: int) -> Any:
    from django.db import transaction

    from estafeta.tickets import actions

    with transaction.atomic():
        entry = actions.open_ticket(by=agent, title="Длинная история", department=department)
        for number in range(comments):
            actions.reply(entry.ticket, by=agent, text=f"Проверил узел {number}, **работает**.")
    return entry.ticket


def _timed(run: Any) -> float:
    began = time.perf_counter()
    run()
    return (time.perf_counter() - began) * 1000


def measure_stories(place: Installation, cookie: str, pids: list[int], *, seconds: float) -> Any:
    """The pages of both over HTTP, and the merge."""
    made = json.loads(place.run("bench.measure.stories"))
    opened = {
        name: measure_page(
            PORT, cookie, lambda _start, name=name: itertools.repeat(f"/tickets/{made[name]:.0f}"),
            seconds=seconds, pids=pids,
        )
        for name in ("short", "long")
    }  # fmt: skip
    ratio = opened["long"]["p50"] / opened["short"]["p50"]
    return {**made, "opened": opened, "ratio": ratio}


if __name__ == "__main__":
    from estafeta.ops.django_setup import load_django

    load_django()
    print(json.dumps(make()))
