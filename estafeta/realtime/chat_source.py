"""What is said in talks, for the stream: told to those who see the room at that moment.

How far somebody has read is told to himself, and to the other side where so few are there that it
says something: to the client of his operator, to staff of the client. A talk that went to another
department is told once more, without what happened, to those who lost sight of it by that.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence

from estafeta.accounts.models import Person
from estafeta.accounts.standing import Standing
from estafeta.chat import log, visibility
from estafeta.chat.models import Change, ChangeKind, Room, RoomKind, Seat
from estafeta.realtime.told import Told


class ChatSource:
    """Follows the changes of talks."""

    name = "chat"

    def newest(self) -> int:
        return log.newest()

    def between(
        self, after: int, up_to: int, people: Collection[int], *, most: int
    ) -> tuple[Sequence[Told], int]:
        rows = Change.objects.filter(pk__gt=after, pk__lte=up_to).select_related("room", "message")
        found = list(rows.order_by("pk")[:most])
        if not found:
            return [], up_to
        standings = Standing.of_all(Person.objects.filter(pk__in=people))
        marks = _marks(found)
        told = [one for change in found for one in _told(change, standings, marks)]
        return told, found[-1].pk if len(found) == most else up_to


def _told(
    change: Change, standings: dict[int, Standing], marks: dict[tuple[int, int], int]
) -> Iterator[Told]:
    room = change.room
    seeing = {one.person for one in standings.values() if visibility.sees(one, room)}
    is_of_seat = change.kind in (ChangeKind.READ, ChangeKind.MUTED)
    people = {one for one in seeing if not is_of_seat or _concerns(change, room, one)}
    if people:
        data = {"room": room.pk, "message": change.message_id, "person": change.person_id}
        if is_of_seat:
            data["up_to"] = marks.get((room.pk, change.person_id), 0)
        event = ChangeKind.READ if is_of_seat else change.kind
        yield Told(change.pk, people, event, json.dumps(data))
    left = _left(change)
    if lost := {one.person for one in standings.values() if left in one.departments} - seeing:
        yield Told(change.pk, lost, change.kind, json.dumps({"room": room.pk}))


def _concerns(change: Change, room: Room, person: int) -> bool:
    """Whether he hears that somebody keeps something else of the room now."""
    if person == change.person_id:
        return True
    if change.kind == ChangeKind.MUTED or not room.has_few:
        return False
    if room.kind != RoomKind.CLIENT:
        return True
    other = room.operator_id if person == room.client_id else room.client_id
    return change.person_id == other


def _left(change: Change) -> int:
    """The department out of whose hands the talk went; 0: out of none's."""
    if change.kind != ChangeKind.STATE or change.message is None:
        return 0
    return int(change.message.facts.get("from", 0))


def _marks(changes: Sequence[Change]) -> dict[tuple[int, int], int]:
    read = [change for change in changes if change.kind in (ChangeKind.READ, ChangeKind.MUTED)]
    if not read:
        return {}
    rows = Seat.objects.filter(
        room__in={change.room_id for change in read},
        person__in={change.person_id for change in read},
    )
    marks = rows.values_list("room", "person", "read_up_to")
    return {(room, person): number for room, person, number in marks}
