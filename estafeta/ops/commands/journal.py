"""Prove that nobody changed the journal behind the product's back; check and make stories of tickets.

`journal verify` exits with 0 if every entry is as it was written, with 1 and one line for each
difference if not. `journal check FILE` needs no database: it looks at an exported story. `journal
export` writes one, `journal seal` seals what is new.
"""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

ACTIONS = {
    "verify": "estafeta.ops.journal_verify",
    "check": "estafeta.ops.journal_check",
    "export": "estafeta.ops.journal_export",
    "seal": "estafeta.ops.journal_seal",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True, dest="action")
    actions.add_parser(
        "verify",
        help="check every ticket's chain, the seals and the security trail; name what was changed",
    )
    check = actions.add_parser("check", help="check the story of a ticket, a JSON or PDF file")
    check.add_argument("file", type=Path)
    check.add_argument(
        "--head",
        action="append",
        default=[],
        metavar="HASH",
        help="a hash known from elsewhere (a mailed seal, an earlier print); may be repeated",
    )
    check.add_argument("--show", action="store_true", help="print the story that is proved")
    export = actions.add_parser("export", help="write the story of a ticket, notes included")
    export.add_argument("number", type=int)
    export.add_argument("file", type=Path, help="ends with .json or .pdf")
    export.add_argument("--language", default="", help="ru, uk or en; else that of the site")
    actions.add_parser("seal", help="seal what is new since the last seal, and mail it")


def run(options: argparse.Namespace) -> int:
    """Do it."""
    return int(import_module(ACTIONS[options.action]).run(options))
