"""Look whether everything is in order and say in plain words what is not."""

from __future__ import annotations

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(options: argparse.Namespace) -> int:
    """Print one line for each question; 1 if something needs attention."""
    from estafeta.ops.django_setup import load_django_or_explain

    if not load_django_or_explain():
        return 2
    from estafeta.ops.doctor import findings

    worst = 0
    for finding in findings():
        print(f"{'ok   ' if finding.is_fine else 'LOOK '} {finding.question:<22} {finding.answer}")
        worst = max(worst, 0 if finding.is_fine else 1)
    return worst
