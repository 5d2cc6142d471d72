"""What can be asked of a ticket; each condition is a rule for the database.

The conditions of one `Conditions` are alternatives or all have to hold, as whoever combines them
says (`filters.py`). Values of one condition are always alternatives: new or waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from estafeta.lib import clock
from estafeta.lib.text import fold
from estafeta.tickets import queries
from estafeta.tickets.lists import file_names, operators, periods
from estafeta.tickets.models import Entry, Participant, ReadMark, Tagging
from estafeta.tickets.models.ticket import NO_DEADLINE
from estafeta.tickets.queries import unindexed
from estafeta.tickets.statuses import OPEN_STATUSES, Status
from estafeta.tickets.topics import branches as topic_branches
from estafeta.tickets.via import Via

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

DEADLINES = ("late", "today", "week", "none")
WAITS = ("acceptance", "answer", "deadline", "hand_over")
"""For what it waits of the reader."""
ANY_OPEN = "open"
"""Stands for all statuses in which somebody still has to do something."""
ME = "me"
NO_TOPIC = "none"
PERFORMERS = ("nobody", "others")
"""Besides `me` and the ids of people."""
PERIODS = {"opened": "opened_at", "changed": "changed_at", "closed": "closed_at"}
"""Name of the condition -> the moment that has to lie within the period."""


@dataclass(frozen=True)
class Conditions:
    """Values that are asked for; empty means any."""

    statuses: tuple[str, ...] = ()
    departments: tuple[int, ...] = ()
    performer: str = ""
    priorities: tuple[int, ...] = ()
    deadline: str = ""
    waits: str = ""
    authors: tuple[str, ...] = ()
    requesters: tuple[str, ...] = ()
    organisations: tuple[int, ...] = ()
    topics: tuple[str, ...] = ()
    """Each with everything inside it; `none` for tickets without one."""
    tags: tuple[str, ...] = ()
    vias: tuple[str, ...] = ()
    opened: str = ""
    changed: str = ""
    closed: str = ""
    unread: bool = False
    text: str = ""

    @cached_property
    def asked(self) -> operators.Asked:
        """The text as words and operators."""
        return operators.read(self.text)

    @property
    def is_narrow(self) -> bool:
        """So few tickets pass that it is best to begin with them."""
        people = self.authors or self.requesters or self.tags or self.is_by_rare_door
        by_text = self.asked.words or self.asked.is_narrow
        return bool(by_text or self.waits or people) or self.performer not in ("", *PERFORMERS)

    @property
    def is_by_rare_door(self) -> bool:
        """Most tickets are written on a page."""
        return bool(self.vias) and Via.DESK not in self.vias

    @property
    def is_about_open(self) -> bool:
        """Whether only open tickets can pass."""
        return bool(self.waits) or self.deadline in ("late", "today", "week")

    def rules(self, reader: Person, among: Sequence[int] | None = None) -> list[Q]:
        """One for each condition; `among` are the numbers of those with the words, if known."""
        made = [make(self, reader) for name, make in RULES.items() if getattr(self, name)]
        if self.text:
            made += [rule(reader) for rule in self.asked.rules]
            if self.asked.is_of_words and among is not None:
                made.append(Q(pk__in=among))
            elif self.asked.is_of_words:
                made.append(file_names.rule(self.asked.words, self.asked.files, reader=reader))
        return made

    def only(self, *names: str) -> bool:
        """Whether nothing is asked but by these."""
        return replace(self, **{name: getattr(Conditions, name) for name in names}) == type(self)()


def spelled_out(statuses: Iterable[str]) -> list[str]:
    """Each of them by its own name."""
    found = dict.fromkeys(statuses)
    if ANY_OPEN in found:
        del found[ANY_OPEN]
        found.update(dict.fromkeys(OPEN_STATUSES))
    return list(found)


def unread_by(reader: Person) -> Q:
    """The journal goes on after where he stopped reading; the archive is not to be worked through."""
    marks = ReadMark.objects.filter(person=reader.pk).order_by()
    if reader.is_agent:
        read = marks.filter(ticket=OuterRef("pk"), seq__gte=OuterRef("journal_length"))
        rule = Q(journal_length__gt=0) & ~Q(Exists(read))
    else:
        # A note is nothing new to whoever does not read notes.
        entries = Entry.objects.filter(ticket=OuterRef("pk")).without_notes().order_by()
        seen = Coalesce(Subquery(marks.filter(ticket=OuterRef("ticket")).values("seq")[:1]), 0)
        rule = Q(Exists(entries.alias(seen=seen).filter(seq__gt=F("seen"))))
    return ~Q(status=Status.ARCHIVED) & rule


def works_on(person: int) -> Q:
    """He is among those who perform it."""
    rows = Participant.objects.filter(person=person, is_performer=True, finished_at=None)
    return Q(pk__in=rows.values("ticket"))


def _performer(asked: Conditions, reader: Person) -> Q:
    if asked.performer == "nobody":
        return Q(performer__isnull=True)
    if asked.performer == "others":
        return Q(performer__isnull=False) & ~works_on(reader.pk)
    return works_on(reader.pk if asked.performer == ME else int(asked.performer))


def _waits(asked: Conditions, reader: Person) -> Q:
    if asked.waits == "acceptance":
        return queries.acceptance_of(reader.pk, sorted(reader.standing.headed))
    if asked.waits == "deadline":
        return queries.agreement_of(reader.pk, sorted(reader.standing.headed))
    if asked.waits == "hand_over":
        return queries.offer_to(sorted(reader.standing.departments))
    return queries.answer_of(reader.pk)


def _due(asked: Conditions, reader: Person) -> Q:
    if asked.deadline == "none":
        return Q(due=NO_DEADLINE)
    now = clock.now()
    is_open = Q(status__in=OPEN_STATUSES)
    if asked.deadline == "late":
        return is_open & Q(due__lt=now)
    today = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    if asked.deadline == "today":
        return is_open & _between(today, today + timedelta(days=1))
    return is_open & _between(now, today + timedelta(days=8))


def _between(start: datetime, end: datetime) -> Q:
    return Q(due__gte=start, due__lt=end)


def _ids(values: Iterable[str], reader: Person) -> list[int]:
    return [reader.pk if value == ME else int(value) for value in values]


def _topics(asked: Conditions, reader: Person) -> Q:
    rule = Q(topic__in=topic_branches.below(int(v) for v in asked.topics if v != NO_TOPIC))
    return rule | Q(topic__isnull=True) if NO_TOPIC in asked.topics else rule


def _tags(asked: Conditions, reader: Person) -> Q:
    if not reader.is_agent:  # tags are words among staff
        return Q(pk__in=[])
    rows = Tagging.objects.filter(tag__key__in=[fold(tag) for tag in asked.tags]).order_by()
    return Q(pk__in=rows.values("ticket"))


def _vias(asked: Conditions, _reader: Person) -> Q:
    first = Entry.objects.filter(seq=1, via__in=asked.vias).order_by()
    if asked.is_by_rare_door:
        return Q(pk__in=first.values("ticket"))
    return Q(Exists(first.filter(ticket=OuterRef("pk"))))


def _period(name: str) -> Callable[[Conditions, Person], Q]:
    return lambda asked, _reader: periods.rule(PERIODS[name], getattr(asked, name))


RULES: dict[str, Callable[[Conditions, Person], Q]] = {
    "statuses": lambda asked, _reader: Q(status__in=spelled_out(asked.statuses)),
    "departments": lambda asked, _reader: Q(department__in=asked.departments),
    "priorities": lambda asked, _reader: Q(unindexed(Q(priority__in=asked.priorities))),
    "performer": _performer,
    "waits": _waits,
    "deadline": _due,
    "authors": lambda asked, reader: Q(author__in=_ids(asked.authors, reader)),
    "requesters": lambda asked, reader: Q(requester__in=_ids(asked.requesters, reader)),
    "organisations": lambda asked, _reader: Q(organisation__in=asked.organisations),
    "topics": _topics,
    "tags": _tags,
    "vias": _vias,
    "opened": _period("opened"),
    "changed": _period("changed"),
    "closed": _period("closed"),
    "unread": lambda _asked, reader: unread_by(reader),
}  # fmt: skip
"""Name of a condition -> its rule, in the order in which they stand in the SQL."""
