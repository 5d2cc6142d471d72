"""Why what tells of the chat must not leave after all; asked just before it does."""

from __future__ import annotations

from collections.abc import Sequence

from estafeta.accounts.standing import Standing
from estafeta.chat import visibility
from estafeta.chat.models import Mention, Room, Seat, State
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import Delivery
from estafeta.notifications.talks.departures import place_of
from estafeta.notifications.talks.unread import facts_of, is_of_a_talk, unread
from estafeta.presence import places

# Reasons stand in the ledger in English, as the answers of servers do.
NOT_THEIRS = "The person does not see this room any more."
READ = "It was read in the chat meanwhile."
NO_LONGER_WAITS = "Nobody waits there any more."
MUTED_ROOM = "The person wants to hear no more of this room."
REASONS = frozenset({NOT_THEIRS, READ, NO_LONGER_WAITS, MUTED_ROOM})


def objections(deliveries: Sequence[Delivery]) -> dict[int, str]:
    """By the ids of deliveries."""
    rows = [row for row in deliveries if row.person is not None and is_of_a_talk(row)]
    if not rows:
        return {}
    rooms = Room.objects.in_bulk({facts_of(row)["room"] for row in rows})
    standings = Standing.of_all({row.person for row in rows if row.person is not None})
    present = places.present_at_any({place_of(room) for room in rooms})
    found = {}
    for row in rows:
        assert row.person is not None
        room = rooms.get(facts_of(row)["room"])
        if room is None or not visibility.sees(standings[row.person.pk], room):
            found[row.pk] = NOT_THEIRS
        elif reason := _of_room(row, room, present[place_of(room.pk)]):
            found[row.pk] = reason
    return found


def _of_room(row: Delivery, room: Room, present: set[int]) -> str:
    assert row.person is not None
    kind = Kind(facts_of(row)["kind"])
    if kind == Kind.ASKED:
        return "" if room.state == State.WAITING else NO_LONGER_WAITS
    if row.person.pk in present:
        return READ
    messages, _count = unread(row, room, row.person)
    if not messages:
        return READ
    if Seat.objects.filter(room=room, person=row.person, is_muted=True).exists():
        called = Mention.objects.filter(message__in=messages, person=row.person).exists()
        return "" if called else MUTED_ROOM
    return ""
