"""What rooms are called, for whoever reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from estafeta.chat.models import Room, RoomKind

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


def name_of(room: Room, reader: Person) -> str:
    """Of two people the other's name, of a client's talk the other side's."""
    if room.kind == RoomKind.COMMON:
        return _("All of the staff")
    if room.kind == RoomKind.CLIENT and room.client is not None and room.client_id != reader.pk:
        return room.client.name
    if room.department is not None:
        return room.department.name
    other = room.other_than(reader)
    return other.name if other else ""


def face_of(room: Room, reader: Person) -> Person | None:
    """Whose picture stands for the room, where it is one person's."""
    if room.kind == RoomKind.CLIENT:
        return room.operator if room.client_id == reader.pk else room.client
    return room.other_than(reader)


def about(room: Room, reader: Person) -> str:
    """A soft word beside the name: what kind of room it is."""
    if room.kind == RoomKind.CLIENT:
        words = room.get_state_display()
        return words if room.client_id == reader.pk else f"{room.department} · {words}"
    if room.kind == RoomKind.DEPARTMENT:
        return _("Room of the department")
    if room.kind == RoomKind.COMMON:
        return _("Everybody who works here reads it")
    other = room.other_than(reader)
    return other.position if other else ""
