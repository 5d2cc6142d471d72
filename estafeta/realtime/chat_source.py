"""What is said in talks, for the stream: told to those who see the room at that moment.

How far somebody has read is told to himself, and to the other side where so few are there that it
says something.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from estafeta.accounts.models import Person
from estafeta.accounts.standing import Standing
from estafeta.chat import log, visibility
from estafeta.chat.models import Change, ChangeKind, Seat
from estafeta.realtime.told import Told


class ChatSource:
    """Follows the changes of talks."""

    name = "chat"

    def newest(self) -> int:
        return log.newest()

    def between(
        self, after: int, up_to: int, people: Collection[int], *, most: int
    ) -> tuple[Sequence[Told], int]:
        rows = Change.objects.filter(pk__gt=after, pk__lte=up_to).select_related("room")
        found = list(rows.order_by("pk")[:most])
        if not found:
            return [], up_to
        standings = Standing.of_all(Person.objects.filter(pk__in=people))
        marks = _marks(found)
        told = [one for change in found if (one := _told(change, standings, marks))]
        return told, found[-1].pk if len(found) == most else up_to


def _told(
    change: Change, standings: dict[int, Standing], marks: dict[tuple[int, int], int]
) -> Told | None:
    room = change.room
    hearers = list(standings.values())
    if change.kind == ChangeKind.READ and not room.has_few:
        hearers = [standings[change.person_id]] if change.person_id in standings else []
    people = {one.person for one in hearers if visibility.sees(one, room)}
    if not people:
        return None
    data = {"room": room.pk, "message": change.message_id, "person": change.person_id}
    if change.kind == ChangeKind.READ:
        data["up_to"] = marks.get((room.pk, change.person_id), 0)
    return Told(change.pk, people, change.kind, json.dumps(data))


def _marks(changes: Sequence[Change]) -> dict[tuple[int, int], int]:
    read = [change for change in changes if change.kind == ChangeKind.READ]
    if not read:
        return {}
    rows = Seat.objects.filter(
        room__in={change.room_id for change in read},
        person__in={change.person_id for change in read},
    )
    marks = rows.values_list("room", "person", "read_up_to")
    return {(room, person): number for room, person, number in marks}
