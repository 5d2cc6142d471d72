"""What was promised, and whether a run kept it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

Run = dict[str, Any]


class Verdict(NamedTuple):
    """One promise of one run."""

    what: str
    wanted: str
    found: float
    is_met: bool


def at_most(what: str, found: float, most: float, unit: str = "") -> Verdict:
    """Good when small."""
    return Verdict(what, f"≤ {most:g}{unit}", found, found <= most)


def at_least(what: str, found: float, least: float, unit: str = "") -> Verdict:
    """Good when large."""
    return Verdict(what, f"≥ {least:g}{unit}", found, found >= least)


RATES = {"list": 200.0, "ticket": 300.0, "dashboard": 250.0}
TIMES_THE_FLOOR = {"list": 10.0, "ticket": 18.0}
CPU_MS = {"list": 6.0, "ticket": 5.0}
SEARCH_MS = {"10k": 6.0, "100k": 10.0, "S": 6.0, "M": 10.0, "L": 10.0}
SPREAD = 2.0
GROWTH = 1.5
CREATE_MS, LAST_MAIL_SECONDS, BIG_TO_ONE = 12.0, 1.0, 1.3
POPUP_MS, PSS_MB, IDLE_CPU = 300.0, 160.0, 3.0
BULK_TO_BARE, EXPORT_MB, LONG_TO_SHORT = 3.0, 32.0, 2.0
TO_BARE, TWO_TO_ONE, LETTER_SECONDS = 0.6, 1.6, 1.0
CLAIM_GROWTH, WORKER_GROWN_MB = 1.5, 8.0
TOLD_MS, STREAM_TO_BARE, FETCHES_A_CHANGE = 1_000.0, 2.0, 5.0
GROWING = ("list", "ticket", "dashboard", "search")


def verdicts(run: Run) -> Iterator[Verdict]:
    """Every promise that the run can say something about."""
    yield from _pages(run)
    if created := run.get("create"):
        yield at_most("create, p50", created["alone"], CREATE_MS, " ms")
        yield at_most("create, department of 200 / one person", created["ratio"], BIG_TO_ONE, " ×")
    if mails := run.get("mails"):
        yield at_most("create with a slow relay", mails["answer"], CREATE_MS, " ms")
        yield at_most("20th mail", mails["last_mail"], LAST_MAIL_SECONDS, " s")
    for to, popup in run.get("popups", {}).items():
        yield at_most(f"pop-up p95, to {to}", popup["p95"], POPUP_MS, " ms")
        yield at_most(f"pop-ups missed, to {to}", popup["missed"], 0)
    if streams := run.get("streams"):
        who = f"{streams['browsers']} browsers on one process"
        yield at_most(f"change → all, {who}, p99", streams["p99"], TOLD_MS, " ms")
        yield at_most(f"changes missed, {who}", streams["missed"], 0)
        yield at_most("memory of a stream / bare ASGI", streams["ratio"], STREAM_TO_BARE, " ×")
        herd = streams["herd"]
        yield at_most(
            f"fetches a change, {herd['tabs']} open lists", herd["a_change"], FETCHES_A_CHANGE
        )
    if bulk := run.get("bulk"):
        yield at_most("bulk take of 1 000 / bare SQL", bulk["ratio"], BULK_TO_BARE, " ×")
    if views := run.get("views"):
        yield at_most("queries of 20 saved views", views["queries"], 1)
    if told := run.get("stories"):
        yield at_most("ticket of 1 000 comments / of 10", told["ratio"], LONG_TO_SHORT, " ×")
    if export := run.get("export"):
        for kind in ("csv", "xlsx"):
            grown = export[kind]["grown"]
            yield at_most(f"{kind} of {export['rows']} rows: grown", grown, EXPORT_MB, " MB")
    if deliveries := run.get("deliveries"):
        yield from _deliveries(**deliveries)
    if "idle_cpu" in run:
        yield at_most("processor of the tree, idle", run["idle_cpu"], IDLE_CPU, " %")
    if "pss" in run and run["engine"] == "sqlite":
        yield at_most("memory of the tree, idle", run["pss"], PSS_MB, " MB")


def _deliveries(throughput: Run, latency: Run, queue: Run) -> Iterator[Verdict]:
    yield at_least("letters/s, one worker / bare loop", throughput["usual_ratio"], TO_BARE, " ×")
    if "two_to_one" in throughput:
        yield at_least("two workers / one", throughput["two_to_one"], TWO_TO_ONE, " ×")
    yield at_most("commit → mail server, p95", latency["p95"], LETTER_SECONDS, " s")
    yield at_most("claim, queue of 100 000 / short one", queue["ratio"], CLAIM_GROWTH, " ×")
    yield at_most("worker with 100 000 queued: grown", queue["grown"], WORKER_GROWN_MB, " MB")


def _pages(run: Run) -> Iterator[Verdict]:
    pages, floor = run.get("pages", {}), run.get("floor", {})
    for name, page in pages.items():
        kind = name.split(",")[0]
        if kind in RATES:
            yield at_least(f"{name}: requests/s with 8", page["rate"], RATES[kind], "/s")
        if kind in TIMES_THE_FLOOR and kind in floor:
            ratio = page["p50"] / floor[kind]["p50"]
            yield at_most(f"{name}: times the floor", ratio, TIMES_THE_FLOOR[kind], " ×")
        if kind in CPU_MS:
            yield at_most(f"{name}: CPU a request", page["cpu"], CPU_MS[kind], " ms")
        if kind == "search" and run["size"] in SEARCH_MS:
            yield at_most(f"{name}: p50", page["p50"], SEARCH_MS[run["size"]], " ms")
        if kind != "search_common":
            yield at_most(f"{name}: p95 / p50 with 8", page["spread"], SPREAD, " ×")


def growth(small: Run, large: Run) -> Iterator[Verdict]:
    """How much slower each page of the agent is on the larger set, alone."""
    for name in GROWING:
        if name in small["pages"] and name in large["pages"]:
            ratio = large["pages"][name]["p50"] / small["pages"][name]["p50"]
            yield at_most(f"{name}: {small['size']} → {large['size']}", ratio, GROWTH, " ×")
