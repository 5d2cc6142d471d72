"""What narrows a list, as it stands in an address: the desk and the API read it alike.

Conditions all have to hold: `?status=new,waiting&topic=3`. For anything else there are groups, each
with a number: `?1.match=any&1.priority=4&1.deadline=late&2.match=none&2.topic=7`. In a group all
conditions hold, or any, or none of them; `match=any` lets one of the groups suffice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import QueryDict

from estafeta.tickets.lists.conditions import ANY_OPEN, DEADLINES, WAITS, Conditions, spelled_out
from estafeta.tickets.lists.filter_reading import ATTRIBUTES, LONGEST_TEXT, Reading, is_id
from estafeta.tickets.queries import unindexed
from estafeta.tickets.statuses import Status

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.queries import TicketQuerySet

__all__ = [
    "ANY_OPEN", "DEADLINES", "LONGEST_TEXT", "NAMES", "WAITS", "Filters", "Group", "is_filter",
    "is_id",
]  # fmt: skip

NAMES = tuple(ATTRIBUTES)
"""Of conditions, as they stand in an address."""
MATCHES = ("all", "any", "none")
MOST_GROUPS = 6
_FILTER = re.compile(rf"(?:[1-{MOST_GROUPS}]\.)?(?:{'|'.join(NAMES)}|match)(?:_from|_to)?\Z")


@dataclass(frozen=True)
class Group:
    """Conditions of which all, any or none have to hold."""

    conditions: Conditions
    match: str = "all"

    def rule(self, reader: Person) -> Q:
        """As one."""
        rules = self.conditions.rules(reader)
        if self.match == "all":
            return _all(rules)
        return ~_any(rules) if self.match == "none" else _any(rules)

    @property
    def is_narrow(self) -> bool:
        """Few tickets pass; of alternatives it takes one that is wide to spoil it."""
        if self.match != "all":
            return False
        return self.conditions.is_narrow


@dataclass(frozen=True)
class Filters(Conditions):
    """Conditions that all have to hold, and groups of others."""

    groups: tuple[Group, ...] = ()
    match: str = "all"
    """Whether all groups have to hold, or any of them."""
    ignored: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    """Names and values that mean nothing; whoever shows the list says so."""

    @classmethod
    def read(cls, query: QueryDict) -> Filters:
        """From an address."""
        reading = Reading(query)
        conditions = reading.conditions()
        groups = []
        for number in range(1, MOST_GROUPS + 1):
            # Most addresses have no groups, and every list is asked.
            if any(name.startswith(f"{number}.") for name in query):
                inside = Reading(query, f"{number}.")
                group = Group(inside.conditions(), inside.one("match", MATCHES) or "all")
                reading.ignored += inside.ignored
                if group.conditions != Conditions():
                    groups.append(group)
        match = reading.one("match", MATCHES[:2]) if "match" in query else ""
        return cls(
            **vars_of(conditions),
            groups=tuple(groups),
            match=match if match and len(groups) > 1 else "all",
            ignored=tuple(reading.ignored),
        )

    def __bool__(self) -> bool:
        return self != Filters()

    @property
    def is_narrow(self) -> bool:
        """So few tickets pass that it is best to begin with them."""
        enough = any if self.match == "all" else all
        by_groups = bool(self.groups) and enough(group.is_narrow for group in self.groups)
        return by_groups or super().is_narrow

    def apply(
        self, tickets: TicketQuerySet, *, reader: Person, among: Sequence[int] | None = None
    ) -> TicketQuerySet:
        """Those of `tickets` that pass; `among` are numbers of those with the words, if known."""
        statuses = spelled_out(self.statuses)
        if (statuses and Status.ARCHIVED not in statuses) or self.is_about_open:
            # Says again what is known, in the words of the indexes that leave out the archive.
            tickets = tickets.not_archived()
        for rule in self.rules(reader, among):
            tickets = tickets.filter(rule)
        if not self.groups:
            return tickets
        rules = [group.rule(reader) for group in self.groups]
        grouped = _all(rules) if self.match == "all" else _any(rules)
        return tickets.filter(grouped if self.is_narrow else unindexed(grouped))

    def pairs(self) -> Iterator[tuple[str, str]]:
        """As they are written in an address."""
        yield from pairs_of(self)
        for number, group in enumerate(self.groups, 1):
            if group.match != "all":
                yield f"{number}.match", group.match
            yield from pairs_of(group.conditions, f"{number}.")
        if self.match != "all":
            yield "match", self.match


def is_filter(name: str) -> bool:
    """Whether a parameter of an address narrows the list."""
    return _FILTER.match(name) is not None


def vars_of(conditions: Conditions) -> dict[str, Any]:
    """Attribute -> value."""
    return {name: getattr(conditions, name) for name in ATTRIBUTES.values()}


def pairs_of(conditions: Conditions, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Names and values of the conditions that are on."""
    for name, attribute in ATTRIBUTES.items():
        value = getattr(conditions, attribute)
        if value is True:
            yield prefix + name, "yes"
        elif isinstance(value, tuple) and name == "tag":
            yield from ((prefix + name, tag) for tag in value)
        elif value:
            yield prefix + name, ",".join(map(str, value)) if isinstance(value, tuple) else value


def _all(rules: Sequence[Q]) -> Q:
    found = Q()
    for rule in rules:
        found &= rule
    return found


def _any(rules: Sequence[Q]) -> Q:
    found = Q()
    for rule in rules:
        found |= rule
    return found
