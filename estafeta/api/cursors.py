"""Opaque places in a list that is ordered by ids: "everything after this one"."""

from __future__ import annotations

import base64
import binascii
from typing import TypeVar

from django.db import models

MOST_ID = 2**63 - 1
Row = TypeVar("Row", bound=models.Model)


class WrongCursor(ValueError):
    """A cursor that no answer gave out (422)."""


def cursor_of(number: int) -> str:
    """The place just behind the row with this id."""
    return base64.urlsafe_b64encode(f"i{number}".encode()).decode().rstrip("=")


def number_in(cursor: str) -> int:
    """The id in a cursor. Raises WrongCursor."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, ValueError) as error:
        raise WrongCursor(cursor) from error
    number = int(text[1:]) if text[:1] == "i" and text[1:].isdecimal() and len(text) < 21 else -1
    if not 0 <= number <= MOST_ID or cursor_of(number) != cursor:
        raise WrongCursor(cursor)
    return number


def page_of(
    rows: models.QuerySet[Row], after: str | None, limit: int, *, newest_first: bool = False
) -> tuple[list[Row], str | None]:
    """At most `limit` rows behind the cursor in the order of ids, and the cursor of the next page."""
    rows = rows.order_by("-pk" if newest_first else "pk")
    if after:
        rows = rows.filter(**{"pk__lt" if newest_first else "pk__gt": number_in(after)})
    found = list(rows[: limit + 1])
    more = len(found) > limit
    found = found[:limit]
    return found, cursor_of(found[-1].pk) if more else None
