"""What the address of the feed asks for; a wrong value is no value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.timezone import get_current_timezone

from estafeta.lib.ids import bounded
from estafeta.tickets.feed import KINDS, Wanted

NAMES = ("kind", "department", "person", "from", "to", "all", "before")


@dataclass(frozen=True)
class Address:
    """The query, read."""

    kind: str
    department: int | None
    person: int | None
    since: date | None
    until: date | None
    everywhere: bool
    before: int
    given: dict[str, str]

    @classmethod
    def read(cls, query: QueryDict) -> Address:
        """Only what makes sense."""
        kind = query.get("kind", "")
        return cls(
            kind=kind if kind in KINDS else "",
            department=_number(query.get("department", "")) or None,
            person=_number(query.get("person", "")) or None,
            since=_date(query.get("from", "")),
            until=_date(query.get("to", "")),
            everywhere=query.get("all") == "1",
            before=_number(query.get("before", "")),
            given={name: str(query[name]) for name in NAMES if query.get(name)},
        )

    def wanted(self) -> Wanted:
        """As the journal is asked; days are those of the reader's zone."""
        return Wanted(
            kind=self.kind,
            department=self.department,
            actor=self.person,
            since=_begin(self.since) if self.since else None,
            until=_begin(self.until + timedelta(days=1)) if self.until else None,
            everywhere=self.everywhere,
        )

    def link(self, **changed: Any) -> str:
        """The same with other values; an empty one goes."""
        values = {**self.given, "before": "", **{k: str(v) for k, v in changed.items()}}
        query = urlencode({name: value for name, value in values.items() if value})
        return f"/feed?{query}" if query else "/feed"

    @property
    def is_narrowed(self) -> bool:
        """Something of the panel is chosen."""
        return bool(self.department or self.person or self.since or self.until)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=get_current_timezone())


def _number(text: str) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) < 20
    return bounded(int(text)) if is_number else 0


def _date(text: str) -> date | None:
    """Within what clocks of all zones can hold."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day is not None and 1970 <= day.year <= 2900 else None
