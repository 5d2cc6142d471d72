"""Who is at which place, as this process knows it, and what those who are there have to be told.

Not a journal: the state itself is read, whatever changed in the last seconds a second time too, so
that neither the order of commits nor two clocks make a difference. Told is only what differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from estafeta.accounts.models import Person
from estafeta.accounts.standing import Standing
from estafeta.presence import places
from estafeta.presence.places import Open
from estafeta.realtime import events, kinds, visitors
from estafeta.realtime.people_place import PEOPLE

OVERLAP = timedelta(seconds=5)
MOST_NAMED = 12


@dataclass(frozen=True)
class Present:
    """Somebody at a place, through however many pages."""

    person: int
    writes: bool


Telling = dict[int, bytes]
"""What people, by their ids, are to be sent."""


@dataclass
class Attendance:
    """Kept by the hub; `read` runs in a thread, one at a time."""

    _open: dict[int, Open] = field(default_factory=dict)
    _told: dict[str, frozenset[Present]] = field(default_factory=dict)
    _since: datetime | None = None

    def people_at(self, place: str) -> set[int]:
        """Ids of those who are at a place."""
        return {one.person for one in self._told.get(place, ())}

    def read(self, listening: set[int]) -> Telling:
        """What has changed since the last time, for those who listen here."""
        now = timezone.now()
        self._open.update({one.id: one for one in self._fresh(now)})
        for one in [one for one in self._open.values() if one.until <= now]:
            del self._open[one.id]
        current = _by_place(self._open.values(), now)
        changed = [
            place
            for place in current.keys() | self._told.keys()
            if current.get(place) != self._told.get(place)
        ]
        self._told = current
        here = [
            place
            for place in changed
            if place != PEOPLE
            and not {one.person for one in current.get(place, ())}.isdisjoint(listening)
        ]
        told: Telling = defaultdict(bytes)
        for person, chunk in _told_at({place: current[place] for place in here}):
            if person in listening:
                told[person] += chunk
        return told

    def _fresh(self, now: datetime) -> list[Open]:
        since = self._since or now - timedelta(days=1)
        rows = places.changed_since(since - OVERLAP)
        self._since = max((one.changed_at for one in rows), default=since)
        return rows


def people_at(place: str, *, to: Person) -> list[dict[str, Any]]:
    """Who is there now besides this reader, as the stream would tell him."""
    current = _by_place(places.opened(place), timezone.now()).get(place, frozenset())
    mine = frozenset(one for one in current if one.person != to.pk)
    told = _Telling({place: mine | {Present(to.pk, False)}})
    return told.cards(told.visible_to(to.pk, place))


def _by_place(opened: Iterable[Open], now: datetime) -> dict[str, frozenset[Present]]:
    found: dict[str, dict[int, bool]] = defaultdict(dict)
    for one in opened:
        writes = one.writes_until is not None and one.writes_until > now
        found[one.place][one.person] = found[one.place].get(one.person, False) or writes
    return {
        place: frozenset(Present(person, writes) for person, writes in people.items())
        for place, people in found.items()
    }


def _told_at(
    current: Mapping[str, frozenset[Present]],
) -> Iterable[tuple[int, bytes]]:
    if not current:
        return
    told = _Telling(current)
    written: dict[tuple[str, frozenset[Present]], bytes] = {}
    for place, present in current.items():
        for person in {one.person for one in present} & told.seen[place]:
            visible = frozenset(told.visible_to(person, place))
            if (place, visible) not in written:
                written[place, visible] = events.presence(place, told.cards(visible))
            yield person, written[place, visible]


class _Telling:
    """Rights and names of those who are at some places, read now."""

    def __init__(self, current: Mapping[str, frozenset[Present]]) -> None:
        people = {one.person for present in current.values() for one in present}
        self.standings: dict[int, Standing] = visitors.standings(people)
        self.seen = kinds.seen_at(current, self.standings)
        columns = Person.objects.filter(pk__in=people).only("name", "photo")
        self.people = {person.pk: person for person in columns}
        # Somebody may have been deleted meanwhile.
        self.current = {
            place: {one for one in present if one.person in self.people}
            for place, present in current.items()
        }

    def visible_to(self, reader: int, place: str) -> list[Present]:
        kind, seen = kinds.kind_of(place), self.seen[place]
        if kind is None or reader not in seen:
            return []
        to = self.standings[reader]
        return [
            one
            for one in self.current[place]
            if one.person in seen
            and one.person != reader
            and kind.tells(self.standings[one.person], to)
        ]

    def cards(self, present: Iterable[Present]) -> list[dict[str, Any]]:
        named = sorted(present, key=lambda one: (not one.writes, self.people[one.person].name))
        return [self._card(one) for one in named[:MOST_NAMED]]

    def _card(self, one: Present) -> dict[str, Any]:
        person = self.people[one.person]
        return {
            "id": person.pk,
            "name": person.name,
            "short": person.short_name,
            "initials": person.initials,
            "hue": person.hue,
            "photo": person.photo_url,
            "writing": one.writes,
        }
