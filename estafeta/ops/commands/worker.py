"""Run one worker: notifications, mail, background jobs and periodic work.

`serve` starts one by itself. Start more on other machines when they share a PostgreSQL database.
"""

from __future__ import annotations

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(options: argparse.Namespace) -> int:
    """Work until told to stop."""
    from estafeta.ops.django_setup import load_django_or_explain

    if not load_django_or_explain():
        return 2
    from estafeta.ops.worker import work

    work()
    return 0
