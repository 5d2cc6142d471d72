"""Order among siblings, kept as whole numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models


def put_before(siblings: Iterable[Any], moved: Any, before: object | None) -> list[Any]:
    """The siblings with the moved one before another, or last."""
    rows = [row for row in siblings if row.pk != moved.pk]
    numbers = [row.pk for row in rows]
    place = numbers.index(before) if before in numbers else len(rows)
    return [*rows[:place], moved, *rows[place:]]


def number(rows: list[Any]) -> None:
    """Write down the order: 1, 2, 3; only what changes."""
    changed: list[models.Model] = []
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            changed.append(row)
    if changed:
        type(changed[0])._default_manager.bulk_update(changed, ["position"])
