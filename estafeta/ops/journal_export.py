"""`estafeta journal export NUMBER FILE`: the story of a ticket, for whoever runs the installation."""

from __future__ import annotations

import argparse
import json
import sys


def run(options: argparse.Namespace) -> int:
    """Write one file."""
    from estafeta.ops.django_setup import load_django_or_explain

    if options.file.suffix not in (".json", ".pdf"):
        print("The file's name ends with .json or .pdf.", file=sys.stderr)
        return 2
    if not load_django_or_explain():
        return 2
    from estafeta.tickets.models import Ticket
    from estafeta.tickets.proof.storyfile.pdf import NotPrinted, printed
    from estafeta.tickets.proof.storyfile.writing import story_of

    ticket = Ticket.objects.with_people().filter(pk=options.number).first()
    if ticket is None:
        print(f"There is no ticket {options.number}.", file=sys.stderr)
        return 1
    story = story_of(ticket, reader=None, language=options.language)
    try:
        if options.file.suffix == ".pdf":
            options.file.write_bytes(printed(story, seconds=3600))
        else:
            options.file.write_text(json.dumps(story, ensure_ascii=False, indent=1))
    except (NotPrinted, OSError) as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return 1
    print(f"{options.file}: {len(story['entries'])} entries, last hash {story['head']['hash']}")
    return 0
