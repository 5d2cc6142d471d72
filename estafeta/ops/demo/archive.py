"""What the schedule would have done meanwhile: finished tickets went to the archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from estafeta.ops.demo.steps import Step


def archiving(steps: Iterable[Step], *, after: timedelta, now: datetime) -> Iterator[Step]:
    """A step of the system for every ticket whose last step lies far enough back."""
    last: dict[int, Step] = {}
    for step in sorted(steps, key=lambda step: step.at):
        last[step.ticket] = step
    for step in last.values():
        if step.at + after < now:
            yield Step(step.at + after, step.ticket, "archive", "system")
