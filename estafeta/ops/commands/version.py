"""Print the version of Estafeta and of what it runs on."""

from __future__ import annotations

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(options: argparse.Namespace) -> int:
    """Print one line each."""
    import platform
    from importlib.metadata import version

    from estafeta.lib.sqlite.bundled import use_bundled_sqlite

    use_bundled_sqlite()
    from sqlite3 import sqlite_version

    print(f"Estafeta {version('estafeta')}")
    print(
        f"Python {platform.python_version()}, Django {version('django')}, SQLite {sqlite_version}"
    )
    return 0
