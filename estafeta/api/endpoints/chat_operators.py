"""Talks of clients with operators: asked for, accepted, passed on, put back, closed, kept as a ticket."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from estafeta.api.endpoints.chat_rooms import room_or_404, shown
from estafeta.api.lookups import department_named, people_named, the_person, topic_named
from estafeta.api.paging import Number
from estafeta.api.schemas.chat import (
    AskBody,
    BackBody,
    LineOut,
    MadeTicket,
    MaybeRoom,
    PassBody,
    ReceptionOut,
    Receptions,
    RoomOut,
    ToTicketBody,
)
from estafeta.api.submitting import IdempotencyKey, submission_of
from estafeta.carrying.talk_to_ticket import carry
from estafeta.chat.errors import Invalid as WrongPlace
from estafeta.chat.models import Reception, Room, State
from estafeta.chat.operators import asking, becoming, handling, receiving
from estafeta.tickets.errors import Invalid

router = Router(tags=["Chat"])
of_rooms = Router(tags=["Chat"])


@router.get("/receptions", response=Receptions, operation_id="receptions", summary="Whom you can ask")  # fmt: skip
def receptions(request: HttpRequest) -> Receptions:
    """Departments that take questions, and whether somebody is there now."""
    desks = receiving.desks(receiving.receiving(the_person(request)))
    return Receptions(
        receptions=[ReceptionOut.of(one, _seconds(one.department.pk)) for one in desks]
    )


@router.post("/ask", response={201: RoomOut}, operation_id="chat_ask", summary="Ask for an operator")  # fmt: skip
def ask(request: HttpRequest, body: AskBody, idempotency_key: IdempotencyKey = None) -> RoomOut:
    """For clients. Where you talk with the department already, it is said there."""
    department = department_named(body.department)
    assert department is not None
    room = asking.ask(
        department, body.text, by=the_person(request), files=body.files,
        submission=submission_of(request, idempotency_key),
    )  # fmt: skip
    return shown(request, room.pk)


@of_rooms.get("/{int:room}/line", response=LineOut, operation_id="chat_line", summary="How long one still waits")  # fmt: skip
def line(request: HttpRequest, room: Number) -> LineOut:
    """The place in line, and what was measured of others."""
    row = room_or_404(request, room)
    reception = Reception.objects.filter(department=row.department_id).select_related("department")
    desk = next(iter(receiving.desks(list(reception))), None)
    is_waiting = row.state == State.WAITING
    return LineOut(
        place=receiving.place_in_line(row) if is_waiting else None,
        usual_wait_seconds=_seconds(row.department_id or 0) if is_waiting else None,
        is_open=desk is not None and desk.is_open, is_staffed=desk is not None and desk.is_staffed,
    )  # fmt: skip


@of_rooms.post("/{int:room}/accept", response=RoomOut, operation_id="chat_accept", summary="Accept a talk")  # fmt: skip
def accept(request: HttpRequest, room: Number) -> RoomOut:
    """Whoever is first has it; others are told who it was (409)."""
    handling.accept(room_or_404(request, room), by=the_person(request))
    return shown(request, room)


@of_rooms.post("/{int:room}/pass_on", response=MaybeRoom, operation_id="chat_pass_on", summary="Pass a talk on")  # fmt: skip
def pass_on(request: HttpRequest, room: Number, body: PassBody) -> MaybeRoom:
    """`room` is null where the talk has left your sight with it."""
    by, row = the_person(request), room_or_404(request, room)
    if (body.person is None) == (body.department is None):
        raise Invalid("person", _("Choose a colleague or a department."))
    person = None if body.person is None else people_named(by, [body.person], "person")[0]
    department = department_named(body.department)
    try:
        handling.pass_on(row, by=by, person=person, department=department, reason=body.reason)
    except WrongPlace as refused:
        if refused.field != "to":
            raise
        raise Invalid("person" if person else "department", refused.message) from None
    if Room.objects.visible_to(by).filter(pk=room).exists():
        return MaybeRoom(room=shown(request, room))
    return MaybeRoom(room=None)


@of_rooms.post("/{int:room}/put_back", response=RoomOut, operation_id="chat_put_back", summary="Put a talk back")  # fmt: skip
def put_back(request: HttpRequest, room: Number, body: BackBody) -> RoomOut:
    """It waits for somebody else, at its place in line."""
    row = room_or_404(request, room)
    handling.put_back(row, by=the_person(request), reason=body.reason)
    return shown(request, room)


@of_rooms.post("/{int:room}/close", response=RoomOut, operation_id="chat_close", summary="Close a talk")  # fmt: skip
def close(request: HttpRequest, room: Number) -> RoomOut:
    """It stays to be read."""
    handling.close(room_or_404(request, room), by=the_person(request))
    return shown(request, room)


@of_rooms.post("/{int:room}/make_ticket", response={201: MadeTicket}, operation_id="chat_make_ticket", summary="Make a ticket of a talk")  # fmt: skip
def make_ticket(
    request: HttpRequest, room: Number, body: ToTicketBody, idempotency_key: IdempotencyKey = None
) -> MadeTicket:
    """For whoever asked there, with its words and files; a talk becomes one ticket."""
    row = room_or_404(request, room)
    files = [file for file in becoming.files_of(row) if body.files is None or file.pk in body.files]
    ticket = carry(
        row, by=the_person(request), files=files, topic=topic_named(body.topic),
        title=becoming.title_of(row) if body.title is None else body.title,
        text=becoming.transcript(row) if body.text is None else body.text,
        department=department_named(body.department) or row.department,
        submission=submission_of(request, idempotency_key),
    )  # fmt: skip
    return MadeTicket(ticket=ticket.pk)


def _seconds(department: int) -> int | None:
    wait: timedelta | None = receiving.usual_wait(department)
    return None if wait is None else round(wait.total_seconds())
