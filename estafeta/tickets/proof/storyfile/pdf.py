"""Prints a story in a process of its own: story as JSON on standard input, PDF on standard output.

WeasyPrint takes a second and thirty megabytes only to be imported, and a page with a very long text
takes more: whoever serves people must not carry that.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
from typing import Any, NoReturn

from estafeta.tickets.proof.storyfile.pages import html_of
from estafeta.tickets.proof.storyfile.reading import ATTACHED
from estafeta.tickets.proof.storyfile.shown import Story

SECONDS = 120
PATIENCE = 20
MOST_ENTRIES = 3000
"""A longer story takes minutes to print; the command line has the patience."""
BYTES = 2 << 30
NO_PRINTER = 3


class NotPrinted(Exception):
    """No PDF could be made."""


class NoPrinter(NotPrinted):
    """What prints is not installed on this machine."""


class TooLong(NotPrinted):
    """It would take too long."""


class Busy(NotPrinted):
    """Others are printing."""


_printer = threading.Semaphore(1)


def printed(story: Story, *, seconds: float = SECONDS) -> bytes:
    """The PDF, with the story attached. Raises NotPrinted."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "estafeta.tickets.proof.storyfile.pdf"],
            input=json.dumps(story, ensure_ascii=False).encode(),
            capture_output=True, timeout=seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise TooLong from error
    if done.returncode == NO_PRINTER:
        raise NoPrinter(done.stderr.decode(errors="replace"))
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise NotPrinted(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


def printed_here(story: Story) -> bytes:
    """The same for somebody who waits: one at a time in each process. Raises NotPrinted."""
    if len(story["entries"]) > MOST_ENTRIES:
        raise TooLong
    if not _printer.acquire(timeout=PATIENCE):
        raise Busy
    try:
        return printed(story)
    finally:
        _printer.release()


def main() -> int:
    """Print one story."""
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    content = sys.stdin.buffer.read()
    story = json.loads(content)
    try:
        from weasyprint import HTML, Attachment
    except (ImportError, OSError) as error:  # the library, or what it needs of the system
        print(error, file=sys.stderr)
        return NO_PRINTER
    attached = Attachment(string=content, name=ATTACHED, description=ATTACHED)
    document = HTML(string=html_of(story), url_fetcher=_fetch_nothing)
    sys.stdout.buffer.write(document.write_pdf(attachments=[attached]) or b"")
    return 0


def _fetch_nothing(url: str, *args: Any, **kwargs: Any) -> NoReturn:
    raise ValueError(f"nothing is fetched: {url}")


if __name__ == "__main__":
    sys.exit(main())
