"""Entries as lines of the feed, under the days on which they happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from estafeta.lib import markdown
from estafeta.lib.text import excerpt
from estafeta.tickets import phrases

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Entry, Ticket

LONGEST = 200


@dataclass(frozen=True)
class Line:
    """One thing that happened; `words` need the actor's name before them."""

    number: int
    seq: int
    verb: str
    actor: Person
    words: str
    quote: str
    is_note: bool
    notice: str
    ticket: Ticket
    at: datetime


@dataclass(frozen=True)
class Day:
    """What happened on one day of the reader's zone."""

    day: date
    lines: list[Line]


def days_of(entries: Iterable[Entry]) -> list[Day]:
    """In the order given."""
    lines = [_line(entry) for entry in entries]
    return [
        Day(day, list(group))
        for day, group in groupby(lines, lambda line: localtime(line.at).date())
    ]


def _line(entry: Entry) -> Line:
    comment = entry.comment
    said = markdown.plain(comment.text) if comment is not None else phrases.reason(entry)
    return Line(
        number=entry.pk,
        seq=entry.seq,
        verb=entry.verb,
        actor=entry.actor,
        words=phrases.phrase(entry),
        quote=excerpt(said, LONGEST),
        is_note=comment is not None and comment.is_note,
        notice=phrases.notice(entry),
        ticket=entry.ticket,
        at=entry.at,
    )
