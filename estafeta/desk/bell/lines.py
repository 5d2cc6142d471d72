"""Notifications as lines of the bell, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from estafeta.notifications.summary import message_about

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.notifications.models import Notification


@dataclass(frozen=True)
class Line:
    """One line."""

    person: Person | None
    title: str
    text: str
    notice: str
    href: str
    at: datetime
    unread: bool


def lines_of(rows: Iterable[Notification]) -> list[Line]:
    """Phrase them."""
    return [_line(row) for row in rows]


def _line(row: Notification) -> Line:
    message = message_about(row)
    return Line(
        person=None if message.actor.is_system else message.actor,
        title=message.title,
        text=message.text,
        notice=message.notice,
        href=message.path,
        at=row.at,
        unread=row.seen_at is None,
    )
