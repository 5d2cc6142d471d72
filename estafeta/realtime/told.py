"""What a room gives the stream: its rows, each for some people.

A source numbers its rows in the order of commits, as the journal does, so that "all after N" misses
nothing. It applies its own rule of sight; whoever is not named by it hears nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol


class Told(NamedTuple):
    """One row: the same `data` (JSON) for all of these people."""

    number: int
    people: Collection[int]
    event: str
    data: str


class Source(Protocol):
    """A room whose rows people hear of."""

    @property
    def name(self) -> str: ...

    def newest(self) -> int:
        """Give the number of the newest row of anybody."""
        ...

    def between(
        self, after: int, up_to: int, people: Collection[int], *, most: int
    ) -> tuple[Sequence[Told], int]:
        """Give what concerns any of these people after one number and up to another, oldest first.

        Beside them stands the number up to which nothing is left out: less than `up_to` where there
        were more than `most`.
        """
        ...
