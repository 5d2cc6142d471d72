"""Over which channels people are reached, and at which of their addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from estafeta.accounts.models import Person
from estafeta.accounts.standing import Standing
from estafeta.notifications import channel_settings
from estafeta.notifications.channels.channel import Channel, Target
from estafeta.notifications.models import Address
from estafeta.notifications.models.address import fingerprint_of
from estafeta.notifications.wishes import chosen_of


class Reach:
    """What these people wish, and where each is reached; four queries for any number."""

    def __init__(self, people: Iterable[Person], standings: Mapping[int, Standing]) -> None:
        people = list(people)
        self.channels = {
            name: channel for name, channel in channel_settings.ready().items()
            if channel.is_personal
        }  # fmt: skip
        self.chosen = chosen_of(people, standings)
        self._usable: dict[tuple[int, str], list[Address]] = defaultdict(list)
        self._barred: dict[tuple[int, str], set[str]] = defaultdict(set)
        rows = Address.objects.filter(person__in=people).defer("sealed_value").order_by("pk")
        for row in rows:
            key = (row.person_id or 0, row.channel)
            if row.stopped_at is not None or not row.is_on:
                self._barred[key].add(row.fingerprint)
            elif row.confirmed_at is not None:
                self._usable[key].append(row)

    def targets(self, person: Person, channel: Channel) -> Iterator[tuple[Target, str]]:
        """Each address with the words by which the ledger shows it."""
        key, taken = (person.pk, channel.name), set[str]()
        for target in channel.targets_of(person, self._usable[key]):
            # An address of the person's card has a row only once it was stopped.
            barred = self._barred[key]
            if target.address is None and barred and fingerprint_of(target.shown) in barred:
                continue
            shown = _another(target.shown, taken)
            taken.add(shown)
            yield target, shown


def _another(shown: str, taken: set[str]) -> str:
    """Two browsers may be called alike; in the ledger each has a line of its own."""
    number, name = 1, shown
    while name in taken:
        number += 1
        name = f"{shown} ({number})"
    return name
