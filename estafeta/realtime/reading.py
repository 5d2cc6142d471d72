"""One reading of all that is told: entries, pop-ups, rows of other rooms; in a thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from estafeta.accounts.standing import Standing
from estafeta.realtime import changes, sources, visitors
from estafeta.realtime.changes import Change
from estafeta.realtime.popups import Popup, Popups
from estafeta.realtime.sources import Told

MOST_POPUPS = 1000
MOST_TOLD = 1000


@dataclass
class Position:
    """How far has been read."""

    entry: int
    popup: int
    rights: int
    announced: int = 0
    sources: dict[str, int] = field(default_factory=dict)
    """How far each of `sources.SOURCES` has been read."""


@dataclass
class News:
    """What one reading found."""

    position: Position
    changes: list[Change]
    popups: list[Popup]
    standings: dict[int, Standing]
    told: list[tuple[str, Told]] = field(default_factory=list)
    """Rows of other rooms, each with the name of its source."""
    places: Mapping[int, bytes] = field(default_factory=dict)
    """What those who are at places are told of each other."""

    def add(self, more: News) -> None:
        """Add what was found for some people more."""
        self.popups.extend(more.popups)
        self.standings.update(more.standings)
        self.told.extend(more.told)


def newest(popups: Popups) -> Position:
    """Give the position at this moment."""
    rights, announced = visitors.versions()
    read = {source.name: source.newest() for source in sources.SOURCES}
    return Position(changes.newest(), popups.newest(), rights, announced, read)


def after(position: Position, people: set[int], popups: Popups) -> News:
    """What is new for these people."""
    entry, found = changes.after(position.entry)
    newest = popups.newest()
    rows, newest = popups.between(position.popup, newest, people, most=MOST_POPUPS)
    told: list[tuple[str, Told]] = []
    reached = {}
    for source in sources.SOURCES:
        start, end = position.sources.get(source.name, 0), source.newest()
        more: Sequence[Told] = ()
        if end > start:
            more, end = source.between(start, end, people, most=MOST_TOLD)
        told += [(source.name, row) for row in more]
        reached[source.name] = max(start, end)
    # Last: whatever changed somebody's rights before a change of a ticket has to be known.
    rights, announced = visitors.versions()
    return News(Position(entry, newest, rights, announced, reached), found, list(rows), {}, told)


def between(before: Position, now: Position, people: set[int], popups: Popups) -> News:
    """What else is new up to then for people who came meanwhile."""
    found: list[Popup] = []
    reached = before.popup
    while reached < now.popup:
        more, reached = popups.between(reached, now.popup, people, most=MOST_POPUPS)
        found += more
    told: list[tuple[str, Told]] = []
    for source in sources.SOURCES:
        start, end = before.sources.get(source.name, 0), now.sources[source.name]
        while start < end:
            rows, start = source.between(start, end, people, most=MOST_TOLD)
            told += [(source.name, row) for row in rows]
    return News(now, [], found, visitors.standings(people), told)
