"""Measure a real server on generated data: `bin/bench [--size S] [--engine sqlite] [--only list]`.

Figures are ratios to a floor measured in the same run, for machines differ. Benchmarks are not
tests: a missed target is printed and does not fail anything.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bench import report, targets
from bench.measure import creating, engines, pages, popups, stories, streams
from bench.measure.environment import OUT, Installation
from bench.measure.processes import cpu_seconds, pss_megabytes
from bench.measure.relay import relay
from bench.measure.relay import settings as mailing
from bench.sizes import SIZES

PAGES = ("list", "ticket", "dashboard", "search", "search_common")
OTHERS = (
    "create", "mails", "popups", "memory", "bulk", "export", "stories", "views", "deliveries",
    "streams",
)  # fmt: skip
ROLES = ("agent", "head", "director")
IDLE_SECONDS = 8.0
WATCHED_SECONDS = 10.0
ENGINES = {"sqlite": engines.sqlite, "postgresql": engines.postgresql}


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--size", nargs="+", choices=SIZES, default=["10k", "100k"])
    parser.add_argument("--engine", nargs="+", choices=ENGINES, default=["sqlite"])
    parser.add_argument("--only", nargs="+", choices=[*PAGES, *OTHERS], default=[*PAGES, *OTHERS])
    parser.add_argument("--roles", nargs="+", choices=ROLES, default=list(ROLES))
    parser.add_argument("--seconds", type=float, default=8.0, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=40, help="tickets opened by each measurement")
    parser.add_argument("--listeners", type=int, default=500, help="open streams")
    parser.add_argument("--make-only", action="store_true", help="make the data sets and stop")
    return parser.parse_args()


def main() -> None:
    """Run what is asked for, print it, keep it as JSON."""
    asked = options()
    runs = []
    for engine in asked.engine:
        with ENGINES[engine]() as sets:
            for size in asked.size:
                place = sets.installation(size)
                if not place.is_made:
                    place.make()
                if not asked.make_only:
                    runs.append(_run(engine, place, asked))
                    print("\n".join(report.of_run(runs[-1])), flush=True)
    _conclude(runs)


def _run(engine: str, place: Installation, asked: argparse.Namespace) -> dict[str, Any]:
    run: dict[str, Any] = {"engine": engine, "size": place.size, "listeners": asked.listeners}
    wanted = [(page, role) for page in PAGES if page in asked.only for role in asked.roles]
    with place.served() as server:
        cast = json.loads(place.run("bench.measure.inside", "cast", place.size, "200"))
        run["big_size"] = cast["big_size"]
        if "memory" in asked.only:
            time.sleep(IDLE_SECONDS)
            run["processes"] = pss_megabytes(server)
            run["pss"] = sum(run["processes"].values())
            before = cpu_seconds([server])
            time.sleep(WATCHED_SECONDS)
            run["idle_cpu"] = (cpu_seconds([server]) - before) * 100 / WATCHED_SECONDS
        run["pages"] = pages.measure_pages(place, cast, server, wanted, seconds=asked.seconds)
        if "stories" in asked.only:
            pids = [server, *place.database_pids]
            run["stories"] = stories.measure_stories(
                place, cast["cookies"]["agent"], pids, seconds=asked.seconds
            )
        if "create" in asked.only:
            run["create"] = creating.measure_creating(cast, rounds=asked.rounds)
        if "popups" in asked.only:
            rounds = max(asked.rounds // 4, 3)
            run["popups"] = popups.measure_popups(cast, listeners=asked.listeners, rounds=rounds)
    if wanted:
        run["floor"] = pages.measure_floor(place, cast, seconds=asked.seconds)
    if "streams" in asked.only:
        run["streams"] = streams.measure_streams(place)
    if "bulk" in asked.only:
        run["bulk"] = json.loads(place.run("bench.measure.bulk"))
    if "views" in asked.only:
        run["views"] = json.loads(place.run("bench.measure.views"))
    if "export" in asked.only:
        run["export"] = json.loads(place.run("bench.measure.exporting"))
    if "deliveries" in asked.only:
        run["deliveries"] = json.loads(place.run("bench.measure.deliveries"))
    if "mails" in asked.only:
        with relay() as slow, place.served(**mailing()):
            run["mails"] = creating.measure_mails(cast, slow, rounds=max(asked.rounds // 4, 3))
    return run


def _conclude(runs: list[dict[str, Any]]) -> None:
    for run in runs:
        print(f"{run['engine']}, {run['size']}:")
        print("\n".join(report.of_verdicts(targets.verdicts(run))))
    print("\n".join(report.of_verdicts(_growth(runs))))
    if runs:
        OUT.mkdir(exist_ok=True)
        file = OUT / f"{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
        file.write_text(json.dumps(runs, indent=2))
        print(f"Kept in {file.relative_to(OUT.parent.parent)}")


def _growth(runs: list[dict[str, Any]]) -> Iterator[targets.Verdict]:
    order = list(SIZES)
    for small in runs:
        for large in runs:
            are_steps = {small["size"], large["size"]} in ({"10k", "100k"}, {"S", "M"}, {"M", "L"})
            is_larger = order.index(small["size"]) < order.index(large["size"])
            if small["engine"] == large["engine"] and are_steps and is_larger:
                yield from targets.growth(small, large)


if __name__ == "__main__":
    main()
