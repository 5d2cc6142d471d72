"""Open a Python prompt with Django loaded; for support, with care."""

from __future__ import annotations

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take an optional line of code."""
    parser.add_argument("-c", metavar="CODE", dest="code", help="run this and leave")


def run(options: argparse.Namespace) -> int:
    """Open the prompt or run the code."""
    from estafeta.ops.django_setup import load_django_or_explain

    if not load_django_or_explain():
        return 2
    from django.core.management import call_command

    call_command("shell", command=options.code, verbosity=0)
    return 0
