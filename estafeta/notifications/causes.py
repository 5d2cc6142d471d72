"""What failures have in common: a reason without what differs from message to message."""

from __future__ import annotations

import re

LONGEST = 80

_DIFFERS = re.compile(
    r"""
    <[^<>\s]*>                              # <anna@example.org>
    | \S+@\S+                               # anna@example.org
    | \b[a-z][a-z0-9+.-]*://\S+             # https://hooks.example.org/T0/B0
    | \[?\b\d{1,3}(?:\.\d{1,3}){3}\b\]?     # 192.0.2.7
    | \b[0-9a-fA-F]*\d[0-9a-fA-F-]{7,}\b    # ids of the other side
    | \b\d{4,}\b                            # numbers that are no code
    """,
    re.VERBOSE,
)


def cause_of(reason: str) -> str:
    """The same for all failures of one kind; its first words tell people what it is."""
    lines = reason.strip().splitlines()
    words = _DIFFERS.sub("…", lines[0] if lines else "").split()
    return " ".join(words)[:LONGEST].rstrip(" :,;")
