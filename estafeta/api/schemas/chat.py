"""Talks as programs read and write them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from estafeta.api.schemas.base import Body, Id, LongText, Named, Out, Page
from estafeta.api.schemas.tickets import a_name, maybe
from estafeta.chat import names, phrases
from estafeta.chat.models import Message, MessageKind, Room, RoomFile, RoomKind, State
from estafeta.chat.models.message import LONGEST
from estafeta.chat.operators.receiving import Desk

Words = Annotated[str, StringConstraints(max_length=LONGEST)]
RoomFiles = Annotated[
    list[Id], Field(max_length=1000, description="Ids of your files: POST /chat/files gives them")
]


class RoomOut(Out):
    """One talk."""

    id: int
    kind: RoomKind
    name: str = Field(description="Of two people the other's, of a client's talk the other side's")
    department: Named | None
    client: Named | None = Field(description="Of talks with operators: who asked")
    operator: Named | None = Field(description="Who has accepted it")
    state: State | None = Field(description="Of talks with operators")
    asked_at: datetime | None
    accepted_at: datetime | None
    closed_at: datetime | None
    ticket: int | None = Field(description="The ticket that it became")
    last_at: datetime | None = Field(description="When something happened there last")
    read_up_to: int = Field(description="The last message that you have read")
    unread: int = Field(description="Messages that you have not; 100 stands for more, too")
    is_muted: bool

    @classmethod
    def of(cls, row: Room, reader: Any, *, unread: int = 0) -> RoomOut:
        """Expects whom it names and `queries.with_seat`."""
        kept: Any = row
        return cls(
            id=row.pk, kind=RoomKind(row.kind), name=names.name_of(row, reader),
            department=maybe(row.department), client=maybe(row.client),
            operator=maybe(row.operator), state=State(row.state) if row.state else None,
            asked_at=row.asked_at, accepted_at=row.accepted_at, closed_at=row.closed_at,
            ticket=row.ticket_number, last_at=row.last_at, read_up_to=kept.read_up_to,
            unread=unread, is_muted=kept.is_muted,
        )  # fmt: skip


class MaybeRoom(Out):
    """A talk that may be out of your sight by now."""

    room: RoomOut | None


class Rooms(Out):
    """Your talks, the newest first."""

    rooms: list[RoomOut] = Field(description="At most 300")
    waiting: list[RoomOut] = Field(
        description="Clients who wait for an operator of your departments, the longest first"
    )


class RoomFileOut(Out):
    """A file of a talk."""

    id: int
    name: str
    size: int
    type: str = Field(description="Media type, told from its bytes")
    sha256: str

    @classmethod
    def of(cls, row: RoomFile) -> RoomFileOut:
        """From its row."""
        return cls(id=row.pk, name=row.name, size=row.size, type=row.type, sha256=row.digest)


class MessageOut(Out):
    """What somebody said, or a line about what happened."""

    id: int
    room: int
    kind: MessageKind
    author: Named
    text: str = Field(description="Markdown; empty where it was taken back")
    line: str = Field(description="What happened, in a sentence of your language; else empty")
    answers: int | None = Field(description="The message that it answers")
    written_at: datetime
    edited_at: datetime | None
    taken_back_at: datetime | None
    files: list[RoomFileOut]

    @classmethod
    def of(cls, row: Message, files: list[RoomFile]) -> MessageOut:
        """Expects the author to be loaded."""
        return cls(
            id=row.pk, room=row.room_id, kind=MessageKind(row.kind), author=a_name(row.author),
            text=row.text, line=phrases.of_line(row), answers=row.answers_id,
            written_at=row.written_at, edited_at=row.edited_at, taken_back_at=row.deleted_at,
            files=[RoomFileOut.of(file) for file in files],
        )  # fmt: skip


class Messages(Page):
    """Messages of one talk, or those that were found."""

    messages: list[MessageOut]


class SayBody(Body):
    """Text, files, or both."""

    text: Words = ""
    files: RoomFiles = Field(default_factory=list)
    answers: Id | None = Field(default=None, description="The message that it answers")


class ChangeBody(Body):
    """What it shall say."""

    text: Words


class ReadBody(Body):
    """How far you have read."""

    up_to: Id = Field(description="The id of a message")


class SilenceBody(Body):
    """Whether you want to hear of it."""

    muted: bool


class AskBody(Body):
    """A question to whoever is on duty."""

    department: Id
    text: Words = ""
    files: RoomFiles = Field(default_factory=list)


class BackBody(Body):
    """Why it waits again."""

    reason: Annotated[str, StringConstraints(max_length=500)] = ""


class PassBody(BackBody):
    """A colleague of the department, or another department."""

    person: Id | None = None
    department: Id | None = None


class ToTicketBody(Body):
    """What is left out is made from the talk."""

    title: str | None = Field(default=None, description="null: the first line of the question")
    text: LongText | None = Field(default=None, description="null: the transcript")
    department: Id | None = Field(default=None, description="null: where the talk is")
    topic: Id | None = None
    files: RoomFiles | None = Field(default=None, description="Of the talk; null: all of them")


class MadeTicket(Out):
    """The ticket that a talk became."""

    ticket: int


class ReceptionOut(Out):
    """A department that takes questions."""

    department: Named
    about: str
    is_open: bool = Field(description="By its hours")
    is_staffed: bool = Field(description="Somebody of it is there now")
    opens_at: datetime | None = Field(description="When it opens next, if it is closed")
    usual_wait_seconds: int | None = Field(description="Null: there were too few talks to say")

    @classmethod
    def of(cls, desk: Desk, wait: int | None) -> ReceptionOut:
        """As it is now."""
        return cls(
            department=a_name(desk.department), about=desk.reception.about, is_open=desk.is_open,
            is_staffed=desk.is_staffed, opens_at=desk.opens_at,
            usual_wait_seconds=wait,
        )  # fmt: skip


class Receptions(Out):
    """Where you can ask for an operator."""

    receptions: list[ReceptionOut]


class LineOut(Out):
    """How long one still waits."""

    place: int | None = Field(description="1: the next; null: nobody waits there")
    usual_wait_seconds: int | None
    is_open: bool
    is_staffed: bool
