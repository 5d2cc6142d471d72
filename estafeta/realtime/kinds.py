"""Kinds of places that pages show, and who may be there: one row a kind.

Asked when a page says what it shows, and again whenever those who are at a place are told of each
other: whoever may see it no longer hears nothing more of it, and is named to nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from estafeta.accounts.models import Person
from estafeta.accounts.standing import Standing
from estafeta.realtime.people_place import PeoplePlace
from estafeta.realtime.room_place import RoomPlace
from estafeta.realtime.ticket_place import TicketPlace


class Kind(Protocol):
    """Places of one kind are numbered by their keys: "ticket:2417" has the key 2417."""

    def seen(self, keys: Collection[int], standings: Mapping[int, Standing]) -> dict[int, set[int]]:
        """For each key: which of these people, by their ids, may be there."""
        ...

    def tells(self, present: Standing, to: Standing) -> bool:
        """Whether `to`, who is there too, is told that `present` is there and what he writes."""
        ...


KINDS: dict[str, Kind] = {"ticket": TicketPlace(), "people": PeoplePlace(), "room": RoomPlace()}


def kind_of(place: str) -> Kind | None:
    """The kind of a place, where there is such a kind."""
    return KINDS.get(place.partition(":")[0])


def seen_at(places: Iterable[str], standings: Mapping[int, Standing]) -> dict[str, set[int]]:
    """For each place: which of these people may be there; nobody at a place of no kind."""
    keys: dict[str, set[int]] = {}
    found: dict[str, set[int]] = {}
    for place in places:
        name, _, key = place.partition(":")
        found[place] = set()
        keys.setdefault(name, set()).add(int(key))
    for name, numbers in keys.items():
        if kind := KINDS.get(name):
            for number, people in kind.seen(numbers, standings).items():
                found[f"{name}:{number}"] = people
    return found


def may_be_at(places: Iterable[str], person: Person) -> list[str]:
    """Those of these places that this person may look at."""
    seen = seen_at(places, {person.pk: person.standing})
    return [place for place, people in seen.items() if person.pk in people]
