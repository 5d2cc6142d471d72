"""What one keeps of a room for oneself: how far one has read, whether one wants to hear of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from estafeta.chat import log
from estafeta.chat.models import ChangeKind, Room, Seat
from estafeta.lib import clock, commit_order

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


def mark_read(room: Room, *, by: Person, up_to: int) -> bool:
    """Say that everything up to this message was read; whether that is news."""
    newest = room.messages.aggregate(most=Max("pk"))["most"] or 0
    up_to = min(up_to, newest)
    kept = Seat.objects.filter(room=room, person=by).first()
    if up_to <= (kept.read_up_to if kept else 0):
        return False
    with transaction.atomic():
        _in_line()
        read_to(room, up_to, by=by)
        log.note(ChangeKind.READ, room, by=by)
    return True


def mute(room: Room, *, by: Person, is_muted: bool) -> None:
    """Hear of it no more, or again. What calls oneself by name is told all the same."""
    with transaction.atomic():
        _in_line()
        Seat.objects.update_or_create(room=room, person=by, defaults={"is_muted": is_muted})
        log.note(ChangeKind.MUTED, room, by=by)


def read_to(room: Room, number: int, *, by: Person) -> None:
    """Move the mark on, never back; inside a transaction."""
    seat, _is_new = Seat.objects.get_or_create(room=room, person=by)
    further = Seat.objects.filter(pk=seat.pk, read_up_to__lt=number)
    further.update(read_up_to=number, read_at=clock.now())


def _in_line() -> None:
    """Before the seat is touched, as whoever writes does: else the two wait for each other."""
    commit_order.take_turn(log.ADVISORY_LOCK)
