"""Prove that nobody changed the journal behind the product's back.

`journal verify` exits with 0 if every entry is as it was written, with 1 and one line for each
difference if not.
"""

from __future__ import annotations

import argparse
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True, dest="action")
    actions.add_parser(
        "verify", help="check every ticket's chain and the security trail; name what was changed"
    )


def run(options: argparse.Namespace) -> int:
    """Verify."""
    from estafeta.ops.django_setup import load_django_or_explain

    if not load_django_or_explain():
        return 2
    from estafeta.accounts import security
    from estafeta.tickets.verify import verify_all

    checked = 0

    def progress(done: int, total: int) -> None:
        nonlocal checked
        checked = done
        if sys.stderr.isatty():
            print(f"\r{done} of {total} tickets", end="", file=sys.stderr, flush=True)

    faults = 0
    for fault in verify_all(progress):
        faults += 1
        print(fault)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    for line in security.faults():
        faults += 1
        print(line)
    if faults:
        print(f"{checked} tickets checked, {faults} differences found.")
        return 1
    print(f"{checked} tickets checked; journal and security trail are as they were written.")
    return 0
