"""Who hears of the entries of one batch: whom the audience names, and who stands in for the absent."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import DatabaseError
from django.utils import timezone

from estafeta.accounts.deputies import Away
from estafeta.accounts.models import Person
from estafeta.accounts.standing import Standing
from estafeta.notifications import audience
from estafeta.notifications.kinds import Kind, calls, kind_of
from estafeta.notifications.models import Mute
from estafeta.notifications.scene import Scene
from estafeta.tickets.models import Entry

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Told:
    """One person hears of one entry."""

    entry: Entry
    person: Person
    kind: Kind
    stands_in_for: int | None = None


@dataclass
class Hearing:
    """All who hear, in the order of entries, and what was read about them."""

    told: list[Told] = field(default_factory=list)
    people: dict[int, Person] = field(default_factory=dict)
    standings: dict[int, Standing] = field(default_factory=dict)
    away: Away = field(default_factory=lambda: Away(()))
    muted: set[tuple[int, int]] = field(default_factory=set)

    def hears(self, person: int, scene: Scene, kind: Kind, *, is_called: bool) -> bool:
        """Whether this candidate is told: he may know of it, and has not asked for silence."""
        found = self.people.get(person)
        if found is None:
            return False
        if (person, scene.entry.ticket_id) in self.muted and kind != Kind.MENTIONED:
            return is_called and self._may_know(found, scene)
        return self._may_know(found, scene)

    def _may_know(self, person: Person, scene: Scene) -> bool:
        return audience.hears(person, self.standings[person.pk], scene.entry, scene.present)


def hearers(batch: Sequence[Scene], *, most: int) -> tuple[int, Hearing]:
    """Give how many entries were looked at, until `most` people were named, and who hears of them."""
    named: list[list[int]] = []
    for scene in batch:
        if sum(map(len, named)) >= most:
            break
        named.append(_candidates(scene))
    wanted = {pk for candidates in named for pk in candidates}
    hearing = Hearing(away=Away.at(timezone.now()))
    stand_ins = {pk: hearing.away.stand_in(pk) for pk in wanted}
    wanted |= {pk for pk in stand_ins.values() if pk is not None}
    hearing.people = {person.pk: person for person in Person.objects.filter(pk__in=wanted)}
    hearing.standings = Standing.of_all(hearing.people.values())
    tickets = {scene.entry.ticket_id for scene in batch[: len(named)]}
    muted = Mute.objects.filter(ticket__in=tickets, person__in=wanted)
    hearing.muted = set(muted.values_list("person", "ticket"))
    for scene, candidates in zip(batch, named, strict=False):
        hearing.told += _told(scene, candidates, stand_ins, hearing)
    return len(named), hearing


def _told(
    scene: Scene, candidates: Sequence[int], stand_ins: dict[int, int | None], hearing: Hearing
) -> Iterator[Told]:
    entry = scene.entry
    kinds = {pk: kind_of(entry, pk) for pk in candidates}
    hear = [
        pk for pk in candidates
        if hearing.hears(pk, scene, kinds[pk], is_called=calls(entry, pk))
    ]  # fmt: skip
    for pk in hear:
        yield Told(entry, hearing.people[pk], kinds[pk])
    informed = set(hear)
    for pk in hear:
        deputy = stand_ins[pk]
        if deputy is None or deputy in informed:
            continue
        if hearing.hears(deputy, scene, kinds[pk], is_called=False):
            informed.add(deputy)
            yield Told(entry, hearing.people[deputy], kinds[pk], stands_in_for=pk)


def _candidates(scene: Scene) -> list[int]:
    try:
        return audience.candidates(scene)
    except DatabaseError:
        raise
    except Exception:  # one entry that cannot be understood must not silence all that follow
        log.exception("Nobody is told of entry %s", scene.entry.pk)
        return []
