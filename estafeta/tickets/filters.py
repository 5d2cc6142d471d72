"""What narrows a list, as it stands in an address: the desk and the API read it alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import QueryDict
from django.utils.timezone import localtime

from estafeta.lib import clock
from estafeta.lib.text import one_line
from estafeta.tickets import search
from estafeta.tickets.models import Participant, Priority
from estafeta.tickets.models.ticket import NO_DEADLINE
from estafeta.tickets.queries import unindexed
from estafeta.tickets.statuses import OPEN_STATUSES, Status

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.queries import TicketQuerySet

NAMES = ("status", "department", "performer", "priority", "deadline", "waits", "q")
DEADLINES = ("late", "today", "week", "none")
WAITS = ("acceptance", "answer")
"""For what it waits of the reader."""
ANY_OPEN = "open"
"""Stands for all statuses in which somebody still has to do something."""
LONGEST_TEXT = 200
_MANY = ("nobody", "others")
_MOST_ID = 2**63 - 1


@dataclass(frozen=True)
class Filters:
    """Values that were asked for; empty means any."""

    statuses: tuple[str, ...] = ()
    departments: tuple[int, ...] = ()
    performer: str = ""
    priorities: tuple[int, ...] = ()
    deadline: str = ""
    waits: str = ""
    text: str = ""
    ignored: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    """Names and values that mean nothing; whoever shows the list says so."""

    @classmethod
    def read(cls, query: QueryDict) -> Filters:
        """From `?status=new,waiting&department=3&performer=me&priority=4&deadline=late&q=disk`."""
        reader = _Reader(query)
        return cls(
            statuses=reader.several("status", (*Status.values, ANY_OPEN)),
            departments=reader.numbers("department"),
            performer=reader.performer(),
            priorities=tuple(
                int(value) for value in reader.several("priority", map(str, Priority.values))
            ),
            deadline=reader.one("deadline", DEADLINES),
            waits=reader.one("waits", WAITS),
            text=one_line(query.get("q", ""))[:LONGEST_TEXT],
            ignored=tuple(reader.ignored),
        )

    def __bool__(self) -> bool:
        return self != Filters()

    @property
    def is_narrow(self) -> bool:
        """So few tickets pass that it is best to begin with them."""
        return bool(self.text or self.waits) or self.performer not in ("", *_MANY)

    @property
    def is_about_open(self) -> bool:
        """Whether only open tickets can pass."""
        return bool(self.waits) or self.deadline in ("late", "today", "week")

    def apply(
        self, tickets: TicketQuerySet, *, reader: Person, among: Sequence[int] | None = None
    ) -> TicketQuerySet:
        """Those of `tickets` that pass; `among` are numbers of those with the text, if known."""
        statuses = _spelled_out(self.statuses)
        if statuses:
            tickets = tickets.filter(status__in=statuses)
        if (statuses and Status.ARCHIVED not in statuses) or self.is_about_open:
            # Says again what is known, in the words of the indexes that leave out the archive.
            tickets = tickets.current()
        if self.departments:
            tickets = tickets.filter(department__in=self.departments)
        if self.priorities:
            tickets = tickets.filter(unindexed(Q(priority__in=self.priorities)))
        if self.performer == "nobody":
            tickets = tickets.filter(performer__isnull=True)
        elif self.performer == "others":
            tickets = tickets.filter(performer__isnull=False).exclude(_works_on(reader.pk))
        elif self.performer:
            performer = reader.pk if self.performer == "me" else int(self.performer)
            tickets = tickets.filter(_works_on(performer))
        if self.waits == "acceptance":
            tickets = tickets.to_be_accepted_by(reader)
        elif self.waits == "answer":
            tickets = tickets.to_be_answered_by(reader)
        if self.deadline:
            tickets = tickets.filter(_due(self.deadline))
        if not self.text:
            return tickets
        if among is not None:
            return tickets.filter(pk__in=among)
        return search.matching(tickets, self.text, reader=reader)


class _Reader:
    """Takes values out of an address and remembers those that mean nothing."""

    def __init__(self, query: QueryDict) -> None:
        self.query = query
        self.ignored: list[tuple[str, str]] = []

    def values(self, name: str) -> Iterable[str]:
        given = (part.strip() for text in self.query.getlist(name) for part in text.split(","))
        return dict.fromkeys(part for part in given if part)

    def several(self, name: str, known: Iterable[str]) -> tuple[str, ...]:
        known = set(known)
        return tuple(v for v in self.values(name) if self._keep(name, v, v in known))

    def one(self, name: str, known: Iterable[str]) -> str:
        return next(iter(self.several(name, known)), "")

    def numbers(self, name: str) -> tuple[int, ...]:
        return tuple(int(v) for v in self.values(name) if self._keep(name, v, is_id(v)))

    def performer(self) -> str:
        name = "performer"
        fits = [
            v for v in self.values(name) if self._keep(name, v, v in ("me", *_MANY) or is_id(v))
        ]
        return fits[-1] if fits else ""

    def _keep(self, name: str, value: str, is_known: bool) -> bool:
        if not is_known:
            self.ignored.append((name, value[:80]))
        return is_known


def is_id(text: str) -> bool:
    """Whether the text can be the number of a row."""
    return text.isascii() and text.isdigit() and len(text) < 20 and 0 < int(text) <= _MOST_ID


def _spelled_out(statuses: Iterable[str]) -> list[str]:
    found = dict.fromkeys(statuses)
    if ANY_OPEN in found:
        del found[ANY_OPEN]
        found.update(dict.fromkeys(OPEN_STATUSES))
    return list(found)


def _works_on(person: int) -> Q:
    rows = Participant.objects.filter(person=person, is_performer=True)
    return Q(pk__in=rows.values("ticket"))


def _due(deadline: str) -> Q:
    if deadline == "none":
        return Q(due=NO_DEADLINE)
    now = clock.now()
    is_open = Q(status__in=OPEN_STATUSES)
    if deadline == "late":
        return is_open & Q(due__lt=now)
    today = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    if deadline == "today":
        return is_open & _between(today, today + timedelta(days=1))
    return is_open & _between(now, today + timedelta(days=8))


def _between(start: datetime, end: datetime) -> Q:
    return Q(due__gte=start, due__lt=end)
