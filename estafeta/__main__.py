"""The `estafeta` command. Each subcommand is a module of `estafeta.ops.commands`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

COMMANDS = (
    "serve",
    "worker",
    "migrate",
    "demo",
    "createadmin",
    "journal",
    "files",
    "doctor",
    "check",
    "shell",
    "version",
)


def parser() -> argparse.ArgumentParser:
    """Make the command line; no subcommand loads Django before it runs."""
    made = argparse.ArgumentParser(
        prog="estafeta",
        description="Run and look after an Estafeta installation.",
        epilog="Settings come from ESTAFETA_... variables or settings.toml in the data folder; "
        "see docs/administration.md.",
    )
    subparsers = made.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in COMMANDS:
        module = import_module(f"estafeta.ops.commands.{name}")
        text = (module.__doc__ or "").strip()
        sub = subparsers.add_parser(name, help=text.splitlines()[0], description=text)
        module.arguments(sub)
        sub.set_defaults(run=module.run)
    return made


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    options = parser().parse_args(words)
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
