"""What the stream asks of whoever keeps people's pop-ups; the room itself is given from above."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol


class Popup(Protocol):
    """Something one person is told; `data` is JSON in that person's language."""

    @property
    def id(self) -> int: ...

    @property
    def person(self) -> int: ...

    @property
    def data(self) -> str: ...


class Popups(Protocol):
    """Pop-ups have growing numbers, so that "all after N" misses nothing."""

    def newest(self) -> int:
        """Give the number of the newest pop-up of anybody."""
        ...

    def between(
        self, after: int, up_to: int, people: Collection[int], *, most: int
    ) -> tuple[Sequence[Popup], int]:
        """Give these people's pop-ups after one number and up to another, the oldest first.

        Beside them stands the number up to which nothing is left out: less than `up_to` where
        there were more than `most`.
        """
        ...

    def is_remembered(self, after: int) -> bool:
        """Whether everything after this number is still there."""
        ...
