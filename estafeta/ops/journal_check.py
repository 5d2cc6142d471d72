"""`estafeta journal check FILE`: prove an exported story, without the installation it comes from."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from typing import Any


def run(options: argparse.Namespace) -> int:
    """Check one file."""
    from estafeta.tickets.proof.storyfile.checking import check
    from estafeta.tickets.proof.storyfile.reading import NotAStory, read
    from estafeta.tickets.proof.storyfile.shown import lines_of

    try:
        story, page_faults = read(options.file)
    except (NotAStory, OSError) as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return 2
    report = check(story, heads=options.head)
    report.faults += page_faults
    if report.is_whole:
        report.faults += _words(story)
    if options.show and report.is_whole:
        print("\n".join(line.text for line in lines_of(story)))
    for fault in report.faults:
        print(f"WRONG  {fault}")
    if not report.is_whole:
        print(f"{options.file}: this is not the story that was written.")
        return 1
    for proof in report.proofs:
        print(f"ok     {proof}")
    print(f"{options.file}: nothing was changed. Its last hash is {story['head']['hash']}.")
    if not options.head:
        print("Compare a hash above with one you know from elsewhere: a mailed seal, a print.")
    return 0


def _words(story: dict[str, Any]) -> Iterator[str]:
    """Phrases are made from the data again; that takes the product's words, not its data."""
    from django.conf import settings

    with tempfile.TemporaryDirectory() as folder:
        if not settings.configured:
            os.environ["ESTAFETA_DATA"] = folder
            os.environ.pop("ESTAFETA_DATABASE_URL", None)
        from estafeta.ops.django_setup import load_django

        load_django()
        from estafeta.tickets.proof.storyfile.wording import differences

        yield from differences(story)
