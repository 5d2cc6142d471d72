"""Bring the database to the shape this version needs.

Safe to run again: it changes nothing when the database is current.
"""

from __future__ import annotations

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take --check."""
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit with 1 if something is to do"
    )


def run(options: argparse.Namespace) -> int:
    """Migrate, or tell what would be done."""
    from estafeta.ops.django_setup import load_django_or_explain

    if not load_django_or_explain():
        return 2
    from estafeta.ops import database

    waiting = database.pending()
    if options.check:
        for name in waiting:
            print(f"to do: {name}")
        return 1 if waiting else 0
    database.bring_up_to_date(say=print)
    print("The database is current.")
    return 0
