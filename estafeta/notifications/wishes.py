"""What a person wants to hear of and how: his own word, else his department's, the organisation's, ours.

Each cell of the matrix of event and channel is asked for by itself, so that somebody may decide one
of them and leave the others to whoever knows better.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from estafeta.accounts.models import Department, Person
from estafeta.accounts.standing import Standing
from estafeta.notifications.default_wishes import Defaults, Layer, Source
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import Rhythm, Wishes

POPUP = "popup"
"""The column of the browser, which is no channel: it shows what the bell has."""

_BELL_ONLY = frozenset({Kind.CHANGED})
_ASKED_FOR_ONLY = frozenset({Kind.ROOM})
"""Rooms are read when there is time; only who wants to is called by every line."""
_SHIPPED: dict[str, frozenset[Kind]] = {
    POPUP: frozenset(Kind) - _ASKED_FOR_ONLY,
    # A letter comes too late for who waits now.
    "mail": frozenset(Kind) - _BELL_ONLY - _ASKED_FOR_ONLY - {Kind.ASKED},
    # It costs money and reaches people at the table.
    "sms": frozenset({Kind.MENTIONED, Kind.REMINDED, Kind.ESCALATED}),
}


def is_shipped(kind: str, channel: str) -> bool:
    """What is right for who never said anything."""
    return Kind(kind) in _SHIPPED.get(channel, frozenset(Kind) - _BELL_ONLY - _ASKED_FOR_ONLY)


class Choice(NamedTuple):
    """One cell of the matrix."""

    is_wanted: bool
    source: Source
    name: str = ""


@dataclass(frozen=True)
class Chosen:
    """All that holds for one person; whoever is asked first stands first."""

    layers: tuple[Layer, ...]
    wishes: Wishes | None = None

    def choice(self, kind: str, channel: str) -> Choice:
        """Ask one after another."""
        for layer in self.layers:
            wanted = layer.matrix.get(kind, {}).get(channel)
            if isinstance(wanted, bool):
                return Choice(wanted, layer.source, layer.name)
        return Choice(is_shipped(kind, channel), Source.SHIPPED)

    def wants(self, kind: str, channel: str) -> bool:
        """Whether the person hears of such events over this channel."""
        return self.choice(kind, channel).is_wanted

    @property
    def rhythm(self) -> Rhythm:
        """How often messages leave."""
        return Rhythm(next((row.rhythm for row in self.layers if row.rhythm), Rhythm.AT_ONCE))

    @property
    def inherited(self) -> Chosen:
        """What would hold if the person had said nothing."""
        return Chosen(tuple(row for row in self.layers if row.source is not Source.OWN))


def chosen_of(people: Iterable[Person], standings: Mapping[int, Standing]) -> dict[int, Chosen]:
    """For many people, by their ids; three queries."""
    people = list(people)
    own = {row.person_id: row for row in Wishes.objects.filter(person__in=people)}
    defaults = Defaults.read({pk for one in people for pk in standings[one.pk].member_of})
    return {
        one.pk: Chosen(
            (*_own(own.get(one.pk)), *defaults.layers(standings[one.pk].member_of)),
            own.get(one.pk),
        )
        for one in people
    }


def chosen_by(person: Person) -> Chosen:
    """For one."""
    return chosen_of([person], {person.pk: person.standing})[person.pk]


def chosen_for(department: Department | None) -> Chosen:
    """For the people of a department, or of the whole organisation; the place's own word is OWN."""
    defaults = Defaults.read({department.pk} if department else set())
    if department is None:
        layers = defaults.organisation
        return Chosen(tuple(row._replace(source=Source.OWN) for row in layers))
    own = defaults.by_department.get(department.pk)
    above = defaults.layers(frozenset({department.pk}))
    if own is None:
        return Chosen(above)
    return Chosen((above[0]._replace(source=Source.OWN), *above[1:]))


def _own(wishes: Wishes | None) -> tuple[Layer, ...]:
    return (Layer(Source.OWN, wishes.matrix, wishes.rhythm),) if wishes else ()
