"""By which ways somebody hears of the chat who does not look there, and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from estafeta.accounts.deputies import Away
from estafeta.accounts.models import Person
from estafeta.accounts.standing import Standing
from estafeta.chat.calling import Call
from estafeta.chat.models import Message
from estafeta.notifications.channels.channel import Target
from estafeta.notifications.hours import Hours
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import Rhythm
from estafeta.notifications.reach import Reach
from estafeta.notifications.talks.hearing import KIND_OF
from estafeta.presence import places, states

AT_THE_DESK = timedelta(seconds=20)
"""Whoever has a page open gets so long to look into the chat by himself."""
ELSEWHERE = timedelta(seconds=4)
"""What is written in one breath leaves as one message."""
LETTERS = timedelta(minutes=3)
"""A letter is for who stays away; meanwhile the others have called."""
WAITS_AT_MOST = timedelta(minutes=10)
"""Nobody waits longer for an operator who is not to be disturbed."""


def place_of(room: int) -> str:
    """How presence calls a room."""
    return f"room:{room}"


class Departure(NamedTuple):
    """One message that will leave for a person about a room."""

    message: Message
    person: Person
    kind: Kind
    channel: str
    target: Target
    shown: str
    leaves_at: datetime


class Departures:
    """Wishes, addresses and whereabouts of all who hear of a batch."""

    def __init__(self, calls: Sequence[Call], standings: dict[int, Standing]) -> None:
        people = list({one.person.pk: one.person for one in calls}.values())
        self._reach = Reach(people, standings)
        self._hours = {one.pk: Hours.of(one, self._reach.chosen[one.pk]) for one in people}
        self._away = Away.at(timezone.now())
        self._present = places.present_at_any({place_of(one.message.room_id) for one in calls})
        self._listening = states.listening([one.pk for one in people])

    def of(self, call: Call, now: datetime) -> Iterator[Departure]:
        """None for who has the room before him."""
        person, kind = call.person, KIND_OF[call.reason]
        if person.pk in self._present[place_of(call.message.room_id)] or self._is_silent(person):
            return
        chosen = self._reach.chosen[person.pk]
        for name, channel in self._reach.channels.items():
            if not chosen.wants(kind, name):
                continue
            leaves_at = self._leaves_at(person, kind, name, now)
            if kind == Kind.ASKED and leaves_at > now + WAITS_AT_MOST:
                continue
            for target, shown in self._reach.targets(person, channel):
                yield Departure(
                    call.message, person, kind, name, target, shown, leaves_at
                )  # fmt: skip

    def _is_silent(self, person: Person) -> bool:
        away = self._away.of(person.pk)
        return away is not None and away.is_silent

    def _leaves_at(self, person: Person, kind: Kind, channel: str, now: datetime) -> datetime:
        hours = self._hours[person.pk]
        if kind == Kind.ASKED:
            return replace(hours, rhythm=Rhythm.AT_ONCE).leaves_at(now)
        wait = AT_THE_DESK if person.pk in self._listening else ELSEWHERE
        return hours.leaves_at(now + (LETTERS if channel == "mail" else wait))
