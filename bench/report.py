"""Prints a run as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bench.targets import Verdict

COLUMNS = (
    ("p50", "p50 ms"), ("p95", "p95 ms"), ("rate", "/s with 8"), ("p50_8", "p50 with 8"),
    ("spread", "p95/p50"), ("cpu", "CPU ms"),
)  # fmt: skip


def table(head: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """Markdown, aligned so that it also reads in a terminal."""
    lines = [head, *rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    for number, line in enumerate(lines):
        yield "| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |"
        if number == 0:
            yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"


def of_run(run: dict[str, Any]) -> Iterator[str]:
    """The figures of one data set in one engine."""
    yield f"## {run['engine']}, {run['size']}"
    yield ""
    floor = run.get("floor", {})
    rows = []
    for name, page in run.get("pages", {}).items():
        below = floor.get(name.split(",")[0])
        ratio = f"{page['p50'] / below['p50']:.1f} ×" if below else ""
        rows.append([name, *(f"{page[key]:.2f}" for key, _label in COLUMNS), ratio])
    for name in ("list", "ticket"):
        if name in floor:
            cells = [f"{floor[name][key]:.2f}" for key, _label in COLUMNS]
            rows.append([f"floor: {name}", *cells, "1"])
    if rows:
        yield from table(["page", *(label for _key, label in COLUMNS), "× floor"], rows)
        yield ""
    if "bare" in floor:
        bare = floor["bare"]
        yield f"bare SQL of the search {bare['search']:.2f} ms, bare commit {bare['commit']:.2f} ms"
    if created := run.get("create"):
        yield (
            f"create: {created['alone']:.1f} ms; after a pause one person {created['one']:.1f} ms, "
            f"department of {run['big_size']} {created['big']:.1f} ms"
        )
    if mails := run.get("mails"):
        yield (
            f"create with 20 mails through a 100 ms relay: answer {mails['answer']:.1f} ms, "
            f"first mail {mails['first_mail']:.2f} s, 20th {mails['last_mail']:.2f} s"
        )
    for to, popup in run.get("popups", {}).items():
        yield (
            f"pop-up with {run['listeners']} listening, to {to}: p50 {popup['p50']:.0f} ms, "
            f"p95 {popup['p95']:.0f} ms, worst {popup['worst']:.0f} ms, missed {popup['missed']}"
        )
    if streams := run.get("streams"):
        yield (
            f"{streams['browsers']} browsers on one process: told after p50 {streams['p50']:.0f} ms, "
            f"p99 {streams['p99']:.0f} ms, worst {streams['worst']:.0f} ms, missed "
            f"{streams['missed']}; {streams['kb']:.1f} kB each, bare ASGI {streams['bare_kb']:.1f} kB"
        )
        herd = streams["herd"]
        yield (
            f"{herd['tabs']} open lists, {herd['changes']} changes (20 a second): "
            f"{herd['a_change']:.1f} fetches a change, {herd['a_second']:.0f} a second, "
            f"{herd['cpu'] * 100:.0f} % of a core"
        )
    if bulk := run.get("bulk"):
        yield (
            f"bulk take of {bulk['tickets']:.0f} tickets: {bulk['bulk']:.0f} ms, "
            f"bare SQL of the same rows {bulk['bare']:.0f} ms"
        )
    if views := run.get("views"):
        yield (
            f"numbers of {views['views']} saved views: {views['together']:.1f} ms in "
            f"{views['queries']} query, one by one {views['apart']:.1f} ms"
        )
    if told := run.get("stories"):
        short, long = (told["opened"][name]["p50"] for name in ("short", "long"))
        yield (
            f"ticket of 1000 comments {long:.1f} ms, of 10 {short:.1f} ms; merge of two with 500 "
            f"{told['merge']:.1f} ms, taken back {told['unmerge']:.1f} ms"
        )
    if deliveries := run.get("deliveries"):
        yield from _of_deliveries(**deliveries)
    if "pss" in run:
        yield f"memory (PSS) of the whole tree, idle: {run['pss']:.0f} MB"
        yield f"processor of the whole tree, idle: {run['idle_cpu']:.1f} %"
    yield ""


def _of_deliveries(
    throughput: dict[str, float], latency: dict[str, float], queue: dict[str, float]
) -> Iterator[str]:
    for kind in ("usual", "lean"):
        yield (
            f"letters to a {kind} mail server: one worker {throughput[f'{kind}_one']:.0f}/s, bare "
            f"loop {throughput[f'{kind}_bare']:.0f}/s, {throughput[f'{kind}_ratio']:.2f} ×"
        )
    if "two_to_one" in throughput:
        yield (
            f"letters to a relay of 20 ms: one worker {throughput['relay_one']:.0f}/s, "
            f"two {throughput['relay_two']:.0f}/s"
        )
    yield (
        f"commit of a ticket → mail server: p50 {latency['p50']:.2f} s, p95 {latency['p95']:.2f} s, "
        f"worst {latency['worst']:.2f} s"
    )
    yield (
        f"claim of 40: {queue['claim_short']:.1f} ms, out of 100 000 {queue['claim_long']:.1f} ms; "
        f"is anything due: {queue['look_short']:.2f} ms, {queue['look_long']:.2f} ms; "
        f"worker {queue['own']:.0f} MB of its own, grown by {queue['grown']:.1f} MB"
    )


def of_verdicts(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """What was promised, and what came of it."""
    rows = [
        [
            verdict.what,
            verdict.wanted,
            f"{verdict.found:.2f}",
            "met" if verdict.is_met else "MISSED",
        ]
        for verdict in verdicts
    ]
    if rows:
        yield from table(["promise", "wanted", "found", ""], rows)
        yield ""
