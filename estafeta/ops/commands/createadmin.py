"""Make an administrator, or give an existing person that right and a new password.

The password is asked for; in scripts it is read from the first line of standard input.
"""

from __future__ import annotations

import argparse
import getpass
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take login, name and address."""
    parser.add_argument("login", help="what they sign in with")
    parser.add_argument("--name", help="full name (the login, if left out)")
    parser.add_argument("--email", default="", help="mail address, to get back in with")


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    return first if first == getpass.getpass("The same again: ") else ""


def run(options: argparse.Namespace) -> int:
    """Make or change the person."""
    from estafeta.ops.django_setup import load_django_or_explain

    if not load_django_or_explain():
        return 2
    from estafeta.accounts.errors import Refused
    from estafeta.ops.administrator import make_administrator

    password = _password()
    if not password:
        print("The two passwords differ, or none was given.", file=sys.stderr)
        return 1
    try:
        person, is_new = make_administrator(
            login=options.login, name=options.name, email=options.email, password=password
        )
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    print(f"{person.login} is {'a new' if is_new else 'now an'} administrator.")
    return 0
