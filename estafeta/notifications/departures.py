"""By which ways a notification leaves the house, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from estafeta.accounts.models import Person
from estafeta.notifications import channel_settings
from estafeta.notifications.channels.channel import Channel, Target
from estafeta.notifications.hearers import Hearing, Told
from estafeta.notifications.hours import Hours
from estafeta.notifications.models import Address
from estafeta.notifications.models.address import fingerprint_of
from estafeta.notifications.wishes import POPUP, chosen_of
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
        self._channels = {
            name: channel for name, channel in channel_settings.ready().items()
            if channel.is_personal
        }  # fmt: skip
        people = list({one.person.pk: one.person for one in hearing.told}.values())
        self._away = hearing.away
        self._chosen = chosen_of(people, hearing.standings)
        self._hours = {one.pk: Hours.of(one, self._chosen[one.pk]) for one in people}
        self._usable: dict[tuple[int, str], list[Address]] = defaultdict(list)
        self._barred: dict[tuple[int, str], set[str]] = defaultdict(set)
        rows = Address.objects.filter(person__in=people).defer("sealed_value").order_by("pk")
        for row in rows:
            key = (row.person_id or 0, row.channel)
            if row.stopped_at is not None or not row.is_on:
                self._barred[key].add(row.fingerprint)
            elif row.confirmed_at is not None:
                self._usable[key].append(row)

    def is_quiet(self, told: Told) -> bool:
        """Whether open pages only count it."""
        return not self._chosen[told.person.pk].wants(told.kind, POPUP)

    def of(self, told: Told, now: datetime) -> Iterator[Departure]:
        """The messages of one notification."""
        person = told.person
        away = self._away.of(person.pk)
        if away is not None and away.is_silent and told.stands_in_for is None:
            return
        is_urgent = told.entry.ticket.priority == Priority.URGENT
        leaves_at = self._hours[person.pk].leaves_at(now, is_urgent=is_urgent)
        for name, channel in self._channels.items():
            if not (self._chosen[person.pk].wants(told.kind, name) and _is_named(told, name)):
                continue
            taken: set[str] = set()
            for target in self._targets(person, name, channel):
                shown = _another(target.shown, taken)
                taken.add(shown)
                yield Departure(name, target, shown, leaves_at)

    def _targets(self, person: Person, name: str, channel: Channel) -> Iterator[Target]:
        barred = self._barred[person.pk, name]
        for target in channel.targets_of(person, self._usable[person.pk, name]):
            # An address of the person's card has a row only once it was stopped.
            if target.address is None and barred and fingerprint_of(target.shown) in barred:
                continue
            yield target


def _is_named(told: Told, channel: str) -> bool:
    """A rung of the ladder calls over the channels that it names, if it names any."""
    named = told.entry.facts.get("channels") if told.entry.verb == Verb.ESCALATE else None
    return not named or channel in named


def _another(shown: str, taken: set[str]) -> str:
    """Two browsers may be called alike; in the ledger each has a line of its own."""
    number, name = 1, shown
    while name in taken:
        number += 1
        name = f"{shown} ({number})"
    return name
