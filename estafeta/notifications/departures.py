"""By which ways a notification leaves the house, and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from estafeta.notifications.channels.channel import Target
from estafeta.notifications.hearers import Hearing, Told
from estafeta.notifications.hours import Hours
from estafeta.notifications.reach import Reach
from estafeta.notifications.wishes import POPUP
from estafeta.tickets.models import Priority
from estafeta.tickets.verbs import Verb


class Departure(NamedTuple):
    """One message that will leave."""

    channel: str
    target: Target
    shown: str
    leaves_at: datetime


class Departures:
    """Wishes and addresses of all who hear of a batch; four queries."""

    def __init__(self, hearing: Hearing) -> None:
        people = list({one.person.pk: one.person for one in hearing.told}.values())
        self._away = hearing.away
        self._reach = Reach(people, hearing.standings)
        self._hours = {one.pk: Hours.of(one, self._reach.chosen[one.pk]) for one in people}

    def is_quiet(self, told: Told) -> bool:
        """Whether open pages only count it."""
        return not self._reach.chosen[told.person.pk].wants(told.kind, POPUP)

    def of(self, group: Sequence[Told], now: datetime) -> Iterator[Departure]:
        """The messages of one notification, which is of one entry or of many alike."""
        told = group[0]
        person = told.person
        away = self._away.of(person.pk)
        if away is not None and away.is_silent and told.stands_in_for is None:
            return
        named = _channels_of_the_rung(told)
        chosen = self._reach.chosen[person.pk]
        leaves_at = min(self._leaves_at(one, now) for one in group)
        for name, channel in self._reach.channels.items():
            if name in named if named else chosen.wants(told.kind, name):
                for target, shown in self._reach.targets(person, channel):
                    yield Departure(name, target, shown, leaves_at)

    def _leaves_at(self, told: Told, now: datetime) -> datetime:
        # Whoever is called by the ladder is called now, whatever hours he wishes to be quiet.
        if told.entry.verb == Verb.ESCALATE:
            return now
        is_urgent = told.entry.ticket.priority == Priority.URGENT
        return self._hours[told.person.pk].leaves_at(now, is_urgent=is_urgent)


def _channels_of_the_rung(told: Told) -> frozenset[str]:
    """A rung of the ladder calls over the channels that it names, if it names any."""
    called = told.entry.verb == Verb.ESCALATE
    return frozenset(told.entry.facts.get("channels", ())) if called else frozenset()
