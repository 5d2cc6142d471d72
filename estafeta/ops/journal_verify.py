"""`estafeta journal verify`: everything, with what is done, how fast, and how much is left."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable


class Meter:
    """One line on a terminal that tells how far it is; silent elsewhere."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self._told = 0.0
        self._is_seen = sys.stderr.isatty()

    def tell(self, done: int, total: int, things: str, entries: int) -> None:
        """Several times a second at most."""
        now = time.monotonic()
        if not self._is_seen or (now - self._told < 0.2 and done < total):
            return
        self._told = now
        rate = entries / max(now - self.begun, 0.001)
        left = (now - self.begun) * (total - done) / done if done else 0
        print(
            f"\r\033[K{done:,} of {total:,} {things}, {entries:,} entries, {rate:,.0f} a second,"
            f" {left:,.0f} s left",
            end="", file=sys.stderr, flush=True,
        )  # fmt: skip

    def end(self) -> None:
        """The line is over."""
        if self._is_seen:
            print(file=sys.stderr)

    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self.begun


def run(options: argparse.Namespace) -> int:
    """Verify."""
    from estafeta.ops.django_setup import load_django_or_explain

    if not load_django_or_explain():
        return 2
    from estafeta.accounts import security
    from estafeta.tickets.proof import protocols, sealing
    from estafeta.tickets.proof.verify_quickly import Reached, verify_all

    meter, reached = Meter(), Reached(0, 0, 0)

    def walked(now: Reached) -> None:
        nonlocal reached
        reached = now
        meter.tell(now.tickets, now.all_tickets, "tickets", now.entries)

    faults = _print(verify_all(walked))
    meter.end()
    seconds = meter.seconds()
    seals = Meter()
    faults += _print(sealing.faults(lambda done, total: seals.tell(done, total, "sealed", done)))
    seals.end()
    faults += _print(security.faults())
    faults += _print(protocols.faults())
    checked = f"{reached.tickets} tickets checked"
    if reached.entries:
        rate = reached.entries / max(seconds, 0.001)
        checked += f" ({reached.entries} entries, {rate:.0f} a second)"
    if faults:
        print(f"{checked}, {faults} differences found.")
        return 1
    print(f"{checked}; journal, seals and security trail are as they were written.")
    return 0


def _print(found: Iterable[object]) -> int:
    count = 0
    for fault in found:
        count += 1
        print(fault)
    return count
