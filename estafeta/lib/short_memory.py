"""What is asked for with every message and seldom changes: read again after some seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar
from weakref import WeakSet

KEPT_SECONDS = 5.0
T = TypeVar("T")
_all: WeakSet[ShortMemory[Any]] = WeakSet()


class ShortMemory(Generic[T]):
    """The result of a function, at most some seconds old, in each process for itself."""

    def __init__(self, load: Callable[[], T], *, seconds: float = KEPT_SECONDS) -> None:
        self._load, self._seconds = load, seconds
        self._kept: tuple[float, T] | None = None
        _all.add(self)

    def current(self) -> T:
        """What was read last, or what is true now."""
        kept, now = self._kept, time.monotonic()
        if kept is None or now - kept[0] > self._seconds:
            kept = self._kept = (now, self._load())
        return kept[1]

    def forget(self) -> None:
        """Read again next time."""
        self._kept = None


def forget_all() -> None:
    """For tests, between which the rows change without a word."""
    for memory in _all:
        memory.forget()
