"""Compare the bytes of files with what the journal says they were.

`files verify` exits with 0 if every file that was not removed is there and is the one that its
entry tells of, with 1 and one line for each difference if not.
"""

from __future__ import annotations

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True, dest="action")
    actions.add_parser("verify", help="read every file and compare it with the journal")


def run(options: argparse.Namespace) -> int:
    """Do it."""
    from estafeta.ops.django_setup import load_django_or_explain

    if not load_django_or_explain():
        return 2
    from estafeta.tickets.files.check import check_all

    faults = 0
    for fault in check_all():
        print(fault)
        faults += 1
    print(f"{faults} differences" if faults else "Every file is as the journal tells.")
    return 1 if faults else 0
