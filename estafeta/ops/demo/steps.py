"""What happens in the demo's month: a step is one verb by one person at one moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Step:
    """`ticket` counts the demo's tickets; people, departments and topics are named by their keys.

    `makes` among the words is the count of the ticket that comes of it.
    """

    at: datetime
    ticket: int
    verb: str
    by: str
    words: dict[str, Any] = field(default_factory=dict)
