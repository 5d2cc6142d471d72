"""Takes conditions out of an address and remembers what means nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.http import QueryDict

from estafeta.lib.ids import LARGEST
from estafeta.lib.text import one_line
from estafeta.tickets.lists import periods
from estafeta.tickets.lists.conditions import (
    ANY_OPEN,
    DEADLINES,
    ME,
    NO_TOPIC,
    PERFORMERS,
    WAITS,
    Conditions,
)
from estafeta.tickets.models import Priority
from estafeta.tickets.models.tag import LONGEST_TAG
from estafeta.tickets.statuses import Status
from estafeta.tickets.via import Via

LONGEST_TEXT = 200
MOST_VALUES = 50
"""Of one condition."""
ATTRIBUTES = {
    "status": "statuses", "department": "departments", "performer": "performer",
    "priority": "priorities", "deadline": "deadline", "waits": "waits", "author": "authors",
    "requester": "requesters", "organisation": "organisations", "topic": "topics", "tag": "tags",
    "via": "vias", "opened": "opened", "changed": "changed", "closed": "closed",
    "unread": "unread", "q": "text",
}  # fmt: skip
"""Name in an address -> attribute of `Conditions`."""
STATUSES = (*(s.value for s in Status if s is not Status.DELETED), ANY_OPEN)


class Reading:
    """Of the parameters that begin with `prefix`."""

    def __init__(self, query: QueryDict, prefix: str = "") -> None:
        self.query, self.prefix = query, prefix
        self.ignored: list[tuple[str, str]] = []

    def conditions(self) -> Conditions:
        """All of them."""
        found = Conditions(
            statuses=self.several("status", STATUSES.__contains__),
            departments=self.numbers("department"),
            performer=self.last("performer", _is_performer),
            priorities=tuple(map(int, self.several("priority", _is_priority))),
            deadline=self.one("deadline", DEADLINES),
            waits=self.one("waits", WAITS),
            authors=self.several("author", _is_person),
            requesters=self.several("requester", _is_person),
            organisations=self.numbers("organisation"),
            topics=self.several("topic", lambda v: v == NO_TOPIC or is_id(v)),
            tags=self.several("tag", lambda v: len(v) <= LONGEST_TAG),
            vias=self.several("via", Via.values.__contains__),
            opened=self.period("opened"),
            changed=self.period("changed"),
            closed=self.period("closed"),
            unread=bool(self.one("unread", ("yes",))),
            text=one_line(self.query.get(f"{self.prefix}q", ""))[:LONGEST_TEXT],
        )
        if found.text:
            self.ignored += [(f"{self.prefix}q", term) for term in found.asked.unknown]
        return found

    def several(self, name: str, is_known: Callable[[str], bool]) -> tuple[str, ...]:
        """Values that are known; given once with commas or several times."""
        if f"{self.prefix}{name}" not in self.query:
            return ()
        return tuple(v for v in self._values(name) if self._keep(name, v, is_known(v)))

    def numbers(self, name: str) -> tuple[int, ...]:
        """Ids."""
        return tuple(map(int, self.several(name, is_id)))

    def one(self, name: str, known: Iterable[str]) -> str:
        """The first known value."""
        return next(iter(self.several(name, set(known).__contains__)), "")

    def last(self, name: str, is_known: Callable[[str], bool]) -> str:
        """The last known value."""
        return next(reversed(self.several(name, is_known)), "")

    def period(self, name: str) -> str:
        """By its name, as a span, or as two days that a form has sent."""
        since, until = (self._text(name + part) for part in ("_from", "_to"))
        written = self._text(name) or (f"{since}{periods.SPAN}{until}" if since or until else "")
        if not written:
            return ""
        found = periods.read(written)
        self._keep(name, written, bool(found))
        return found

    def _text(self, name: str) -> str:
        return self.query.get(f"{self.prefix}{name}", "").strip()

    def _values(self, name: str) -> list[str]:
        given = (
            " ".join(part.split())
            for text in self.query.getlist(f"{self.prefix}{name}")
            for part in text.split(",")
        )
        return list(dict.fromkeys(part for part in given if part))[:MOST_VALUES]

    def _keep(self, name: str, value: str, is_known: bool) -> bool:
        if not is_known:
            self.ignored.append((self.prefix + name, value[:80]))
        return is_known


def is_id(text: str) -> bool:
    """Whether the text can be the number of a row."""
    return text.isascii() and text.isdigit() and len(text) < 20 and 0 < int(text) <= LARGEST


def _is_performer(value: str) -> bool:
    return value in (ME, *PERFORMERS) or is_id(value)


def _is_person(value: str) -> bool:
    return value == ME or is_id(value)


def _is_priority(value: str) -> bool:
    return value in {str(priority) for priority in Priority.values}
