"""Who has become online, away or offline, for pages that show dots beside people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from estafeta.accounts.standing import Standing
from estafeta.presence import states
from estafeta.presence.states import State
from estafeta.realtime import events


@dataclass
class Dots:
    """Kept by the hub; `read` runs in a thread, and only while somebody watches."""

    _known: dict[int, State] = field(default_factory=dict)
    _is_watched: bool = False

    def rest(self) -> None:
        """Nobody watches any more."""
        self._is_watched = False

    def read(self, watchers: Mapping[int, Standing]) -> dict[int, bytes]:
        """What those who watch are to be sent; states of people who let them know."""
        before, self._known = self._known, states.of_all()
        if not self._is_watched:
            self._is_watched = True
            return {}
        changed = {
            person
            for person in before.keys() | self._known.keys()
            if before.get(person) != self._known.get(person)
        }
        if not changed:
            return {}
        written: dict[frozenset[int], bytes] = {frozenset(): b""}
        told = {}
        for reader, shown in states.shown_to(watchers, changed).items():
            key = frozenset(shown)
            if key not in written:
                written[key] = events.states({one: self._state(one) for one in shown})
            told[reader] = written[key]
        return told

    def _state(self, person: int) -> str:
        return str(self._known.get(person, State.OFFLINE))
