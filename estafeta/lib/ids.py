"""Numbers of rows, as people and programs may write them into addresses and forms."""

from __future__ import annotations

LARGEST = 2**63 - 1
"""More the database does not take: it would fail instead of finding nothing."""


def bounded(number: int) -> int:
    """A number that can be asked for; no row has the largest."""
    return min(number, LARGEST)
