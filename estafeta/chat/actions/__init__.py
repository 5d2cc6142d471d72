"""What people do in talks: one function a deed, the actor is always `by`."""

from estafeta.chat.actions.changing import edit, take_back
from estafeta.chat.actions.rooms import common_room, department_room, open_direct, take_seats
from estafeta.chat.actions.seats import mark_read, mute
from estafeta.chat.actions.writing import write

__all__ = [
    "common_room", "department_room", "edit", "mark_read", "mute", "open_direct", "take_back",
    "take_seats", "write",
]  # fmt: skip
