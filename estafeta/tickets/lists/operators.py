"""The operators of the search line: `from:anna status:new after:2026-11-01 tag:printer disk`.

What is not an operator is words. An operator whose value means nothing is told as unknown, so that
nobody takes its silence for an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial

from django.db.models import Q

from estafeta.accounts import tree
from estafeta.accounts.models import Person
from estafeta.lib import fulltext
from estafeta.lib.text import fold, one_line
from estafeta.tickets.lists import operator_words as words
from estafeta.tickets.lists import periods
from estafeta.tickets.models.participant import Participant
from estafeta.tickets.models.tag import Tag, Tagging
from estafeta.tickets.statuses import OPEN_STATUSES, Status
from estafeta.tickets.topics import branches as topic_branches

MOST_TERMS = 12
MOST_PEOPLE = 200
_TERM = re.compile(r'(?<!\S)(\w+):(?:"([^"]*)"|(\S+))')
FILE = "file"
_NARROW = frozenset({"from", "to", "tag", FILE})


@dataclass(frozen=True)
class Term:
    """An operator with its value."""

    name: str
    value: str

    def __str__(self) -> str:
        return f'{self.name}:"{self.value}"' if " " in self.value else f"{self.name}:{self.value}"


@dataclass(frozen=True)
class Asked:
    """A search line taken apart."""

    words: str
    terms: tuple[Term, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """Names of files: the index of words answers for them."""
        return tuple(term.value for term in self.terms if term.name == FILE)

    @property
    def is_of_words(self) -> bool:
        """Whether the index of words is asked."""
        return bool(self.words or self.files)

    @property
    def rules(self) -> list[Callable[[Person], Q]]:
        """What the operators ask of a ticket, besides names of files."""
        return [partial(rule, term) for term in self.terms if term.name != FILE]

    @property
    def is_narrow(self) -> bool:
        """Whether few tickets pass."""
        return any(term.name in _NARROW for term in self.terms)


@lru_cache(maxsize=500)
def read(text: str) -> Asked:
    """Take a search line apart."""
    if ":" not in text:
        return Asked(text)
    terms: list[Term] = []
    unknown: list[str] = []

    def take(match: re.Match[str]) -> str:
        name = words.NAMES.get(fold(match[1]))
        value = one_line(match[2] if match[2] is not None else match[3])
        if name is None:
            return match[0]
        if not value or len(terms) >= MOST_TERMS or not _is_known(name, value):
            unknown.append(match[0])
        else:
            terms.append(Term(name, value))
        return " "

    rest = _TERM.sub(take, text)
    return Asked(one_line(rest), tuple(terms), tuple(unknown))


def rule(term: Term, reader: Person) -> Q:
    """What the operator asks of a ticket."""
    return _RULES[term.name](term.value, reader)


def _is_known(name: str, value: str) -> bool:
    if name == "status":
        return bool(words.statuses_called(value))
    if name in ("before", "after"):
        return fold(value) in words.DAYS or periods.day(value) is not None
    if name == FILE:
        return bool(fulltext.wanted(value))
    return name != "is" or fold(value) in words.STATES


def _people(value: str, reader: Person) -> Q:
    """Ids of people so called; whoever is not staff finds them by nothing but their names."""
    if fold(value) in words.ME:
        return Q(person=reader.pk)
    found = Person.objects.find(value).order_by()
    if reader.is_agent:
        return Q(person__in=found.values("pk"))
    wanted = fold(value).split()
    rows = found.values_list("pk", "name")[:MOST_PEOPLE]
    return Q(person__in=[pk for pk, name in rows if all(word in fold(name) for word in wanted)])


def _renamed(asked: Q, column: str) -> Q:
    ((lookup, value),) = asked.children  # type: ignore[misc]
    return Q(**{str(lookup).replace("person", column, 1): value})


def _from(value: str, reader: Person) -> Q:
    people = _people(value, reader)
    return _renamed(people, "requester") | _renamed(people, "author")


def _to(value: str, reader: Person) -> Q:
    ties = Participant.objects.filter(_people(value, reader)).order_by()
    mine = ties.filter(Q(is_performer=True) | Q(is_addressee=True))
    found = Q(pk__in=mine.values("ticket"))
    wanted = fold(value).split()
    departments = [
        row.pk for row in tree.departments() if all(word in fold(row.name) for word in wanted)
    ]
    return found | Q(department__in=departments) if departments else found


def _status(value: str, reader: Person) -> Q:
    asked = words.statuses_called(value)
    return Q(status__in=OPEN_STATUSES if "open" in asked else asked)


def _day(value: str) -> date | None:
    named = words.DAYS.get(fold(value))
    if named is None:
        return periods.day(value)
    return periods.days(named)[0]


def _before(value: str, _reader: Person) -> Q:
    first = _day(value)
    last = first - timedelta(days=1) if first else None
    return periods.rule("opened_at", periods.span(None, last))


def _after(value: str, _reader: Person) -> Q:
    return periods.rule("opened_at", periods.span(_day(value), None))


def _tag(value: str, reader: Person) -> Q:
    if not reader.is_agent:  # tags are words among staff
        return Q(pk__in=[])
    tags = Tag.objects.beginning_with(value).order_by()
    return Q(pk__in=Tagging.objects.filter(tag__in=tags.values("pk")).order_by().values("ticket"))


def _topic(value: str, reader: Person) -> Q:
    wanted = fold(value).split()
    named = [
        pk
        for pk, topic in topic_branches.known().items()
        if (reader.is_agent or not topic.is_hidden)
        and all(word in fold(topic.name) for word in wanted)
    ]
    return Q(topic__in=topic_branches.below(named))


def _is(value: str, reader: Person) -> Q:
    from estafeta.tickets.lists.conditions import Conditions

    state = words.STATES[fold(value)]
    if state == "followed":
        mine = Participant.objects.filter(person=reader.pk, is_follower=True)
        return Q(pk__in=mine.order_by().values("ticket"))
    asked = {
        "unread": Conditions(unread=True),
        "late": Conditions(deadline="late"),
        "open": Conditions(statuses=("open",)),
        "free": Conditions(statuses=(Status.NEW,)),
        "mine": Conditions(performer="me"),
    }[state]
    (found,) = asked.rules(reader)
    return found


_RULES: dict[str, Callable[[str, Person], Q]] = {
    "from": _from, "to": _to, "status": _status, "before": _before, "after": _after,
    "tag": _tag, "topic": _topic, "is": _is,
}  # fmt: skip
