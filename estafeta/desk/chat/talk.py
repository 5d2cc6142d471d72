"""One talk as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from estafeta.chat import names
from estafeta.chat.models import Room, RoomKind, Seat, State
from estafeta.chat.permissions import Deed, Relation, may
from estafeta.desk.chat import history, shown
from estafeta.desk.chat.history import Part
from estafeta.presence import states

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


@dataclass
class Talk:
    """What the right pane needs; `room.pk` is None where nobody has said anything yet."""

    room: Room
    name: str
    about: str
    face: Person | None
    state: Any
    messages: list[shown.Shown]
    part: Part
    may_write: bool
    why_not: str
    is_muted: bool
    read_to: int
    others_read_to: int
    write_url: str
    marked: int

    @property
    def state_words(self) -> dict[str, str]:
        """What each state is called, for the script that hears of another."""
        return {str(value): str(label) for value, label in states.State.choices}


def of(room: Room, reader: Person, *, wanted: int = 0, write_url: str = "") -> Talk:
    """With the end of it, what is new, or what stands around a wanted message."""
    seat = Seat.objects.filter(room=room, person=reader).first() if room.pk else None
    read_to = seat.read_up_to if seat else 0
    part = _part(room, read_to, wanted)
    face = names.face_of(room, reader)
    writes = may(Deed.WRITE, Relation(reader, room))
    return Talk(
        room=room, name=names.name_of(room, reader), about=names.about(room, reader), face=face,
        state=states.of_people([face.pk], to=reader).get(face.pk) if face else None,
        messages=shown.of(part.rows, reader, before=part.before, read_to=read_to or None),
        part=part, may_write=writes, why_not="" if writes else _why_not(room, reader),
        is_muted=bool(seat and seat.is_muted), read_to=read_to,
        others_read_to=others_read_to(room, reader),
        write_url=write_url or reverse("chat_write", args=[room.pk]), marked=wanted,
    )  # fmt: skip


def others_read_to(room: Room, reader: Person) -> int:
    """How far somebody else has read, where so few are there that it says something."""
    if not room.pk or not room.has_few:
        return 0
    others = Seat.objects.filter(room=room).exclude(person=reader)
    if room.client_id is not None:
        is_his = room.client_id == reader.pk
        others = others.filter(person=room.operator_id if is_his else room.client_id)
    return others.aggregate(most=Max("read_up_to"))["most"] or 0


def _part(room: Room, read_to: int, wanted: int) -> Part:
    if not room.pk:
        return Part([], None, has_older=False, has_newer=False)
    return history.around(room, wanted) if wanted else history.opening(room, read_to)


def _why_not(room: Room, reader: Person) -> str:
    if room.kind == RoomKind.CLIENT and room.state == State.CLOSED:
        return _("This talk is closed.")
    if room.kind == RoomKind.CLIENT:
        return _("Accept the talk to answer.")
    if room.kind == RoomKind.DEPARTMENT:
        return _("This department is closed.")
    return _("This person no longer works here. What was said stays here to read.")
