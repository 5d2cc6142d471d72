"""The only writer of changes and messages: their ids stand in the order of commits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from estafeta.chat.models import Change, ChangeKind, Message, MessageKind, Room
from estafeta.lib import clock, commit_order, nudge

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

ADVISORY_LOCK = 0x63686174
"""One lock for all writers ("chat")."""
BELL = "chat"


def say(message: Message) -> Message:
    """Keep a new message; inside a transaction that has locked its room, as late as can be."""
    commit_order.take_turn(ADVISORY_LOCK)
    message.save(force_insert=True)
    _change(ChangeKind.WRITTEN, message.room, message.author, message)
    return message


def tell(room: Room, kind: MessageKind, *, by: Person, facts: dict[str, Any] | None = None) -> Message:  # fmt: skip
    """Say what happened, as a line of the talk; inside the transaction that makes it happen."""
    line = say(
        Message(room=room, author=by, kind=kind, facts=facts or {}, written_at=clock.now())
    )  # fmt: skip
    room.last_at = line.written_at
    room.save(update_fields=["last_at"])
    _change(ChangeKind.STATE, room, by, line)
    return line


def note(kind: ChangeKind, room: Room, *, by: Person, message: Message | None = None) -> Change:
    """Keep that something happened, for those who follow; inside the transaction."""
    commit_order.take_turn(ADVISORY_LOCK)
    return _change(kind, room, by, message)


def newest() -> int:
    """The number of the last change."""
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _change(kind: ChangeKind, room: Room, by: Person, message: Message | None) -> Change:
    made = Change.objects.create(
        room=room, message=message, kind=kind, person=by, at=clock.now()
    )  # fmt: skip
    nudge.ring(BELL)
    return made
