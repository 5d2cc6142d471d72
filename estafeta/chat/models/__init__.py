"""What is kept about talks. Models answer questions; `actions/` changes things."""

from estafeta.chat.models.change import Change, ChangeKind
from estafeta.chat.models.message import Mention, Message, MessageKind, Wording
from estafeta.chat.models.reception import Reception
from estafeta.chat.models.room import Room, RoomKind, State
from estafeta.chat.models.room_file import RoomFile
from estafeta.chat.models.seat import Seat

__all__ = [
    "Change", "ChangeKind", "Mention", "Message", "MessageKind", "Reception", "Room", "RoomFile",
    "RoomKind", "Seat", "State", "Wording",
]  # fmt: skip
