"""Demo people and their month of tickets: load them, list logins, make API tokens."""

from __future__ import annotations

import argparse
import json
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True, dest="action")
    actions.add_parser("load", help="load the demo people into an empty installation")
    actions.add_parser("logins", help="list the logins and what each person is")
    tokens = actions.add_parser("tokens", help="make an API token for each demo login")
    tokens.add_argument("--json", action="store_true", help='print {"login": "token"}')


def run(options: argparse.Namespace) -> int:
    """Do one of the actions."""
    from estafeta.ops.django_setup import load_django_or_explain

    if not load_django_or_explain():
        return 2
    from estafeta.ops import demo

    if options.action == "load":
        if not demo.is_possible():
            print("There are people already; demo data goes into an empty installation only.")
            return 1
        demo.load(say=print)
        return 0
    if not demo.logins():
        print("There is no demo data here; load it with: estafeta demo load", file=sys.stderr)
        return 1
    found = demo.tokens() if options.action == "tokens" else demo.logins()
    if options.action == "tokens" and options.json:
        print(json.dumps(found, indent=2))
    else:
        for login, value in found.items():
            print(f"{login}\t{value}")
    return 0
