"""`estafeta journal seal`: the same as the schedule does each day."""

from __future__ import annotations

import argparse


def run(options: argparse.Namespace) -> int:
    """Seal, and hand the mail to the worker."""
    from estafeta.ops.django_setup import load_django_or_explain

    if not load_django_or_explain():
        return 2
    from estafeta.tickets.proof.seal_mail import seal_and_mail

    for seal in seal_and_mail():
        print(f"seal {seal.number}: {seal.entries} entries, {seal.hash}")
    return 0
