"""What a message about a room still has to tell when it leaves: the rest was read meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from estafeta.accounts.models import Person
from estafeta.chat.calling import TOLD
from estafeta.chat.models import Message, Room, RoomKind, Seat
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import Delivery, TalkCall
from estafeta.notifications.talks.saying import MOST_LINES

Facts = Mapping[str, Any]


def is_of_a_talk(row: Delivery) -> bool:
    """Whether it tells of the chat."""
    return row.notice is not None and row.notice.get("name") == "talk"


def facts_of(row: Delivery) -> Facts:
    """Room, first message, kind of event."""
    return row.notice or {}


def unread(row: Delivery, room: Room, person: Person) -> tuple[list[Message], int]:
    """The newest few, the oldest first, and how many there are."""
    facts = facts_of(row)
    kind = Kind(facts["kind"])
    if kind == Kind.ASKED:
        asked = room.messages.written().filter(author=room.client_id)
        last = asked.select_related("author").order_by("-pk").first()
        return ([last], 1) if last else ([], 0)
    rows = room.messages.filter(
        pk__gte=facts["since"], pk__gt=_read_up_to(room, person), deleted_at=None, kind__in=TOLD
    ).exclude(author=person)
    if (end := _end(row, room, person)) is not None:
        rows = rows.filter(pk__lt=end)
    if kind == Kind.TALKED and room.kind in (RoomKind.DEPARTMENT, RoomKind.COMMON):
        rows = rows.filter(Q(mentions__person=person))
    newest = list(rows.select_related("author").order_by("-pk")[:MOST_LINES])
    count = rows.count() if len(newest) == MOST_LINES else len(newest)
    return newest[::-1], count


def _read_up_to(room: Room, person: Person) -> int:
    marks = Seat.objects.filter(room=room, person=person).values_list("read_up_to", flat=True)
    return marks.first() or 0


def _end(row: Delivery, room: Room, person: Person) -> int | None:
    """Where the next message over this channel goes on; None: this one is the newest."""
    facts = facts_of(row)
    calls = TalkCall.objects.filter(
        person=person, room=room, channel=row.channel, kind=facts["kind"]
    )
    since = calls.values_list("since", flat=True).first()
    return since if since is not None and since > facts["since"] else None
