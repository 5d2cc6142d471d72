"""Talks: which there are, and what one keeps of each."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from ninja import Router

from estafeta.api.lookups import person_named, the_person
from estafeta.api.paging import Number
from estafeta.api.schemas.chat import ReadBody, RoomOut, Rooms, SilenceBody
from estafeta.chat import actions, queries
from estafeta.chat.models import Room

router = Router(tags=["Chat"])
NAMED = ("first", "second", "department", "client", "operator")


def room_or_404(request: HttpRequest, number: int) -> Room:
    """With whom it names, and how far its reader has read."""
    by = the_person(request)
    rows = queries.with_seat(Room.objects.visible_to(by).filter(pk=number), by.pk)
    found = rows.select_related(*NAMED).first()
    if found is None:
        raise Http404
    return found


def shown(request: HttpRequest, number: int) -> RoomOut:
    """As it is now; gone where an act has moved it out of sight."""
    row = room_or_404(request, number)
    by, kept = the_person(request), getattr(row, "read_up_to", 0)
    fresh = row.messages.written().filter(pk__gt=kept).exclude(author=by)
    return RoomOut.of(row, by, unread=fresh[: queries.MOST_COUNTED + 1].count())


@router.get("", response=Rooms, operation_id="chat_rooms", summary="Your talks")
def rooms(request: HttpRequest) -> Rooms:
    """With people, departments, all of the staff, operators; and who waits for you."""
    by = the_person(request)
    actions.take_seats(by)
    waiting = queries.with_seat(queries.waiting(by), by.pk).select_related(*NAMED)
    return Rooms(
        rooms=[RoomOut.of(one.room, by, unread=one.unread) for one in queries.rooms_of(by)],
        waiting=[RoomOut.of(row, by) for row in waiting[: queries.MOST_ROOMS]],
    )


@router.post("/with/{int:person}", response=RoomOut, operation_id="chat_with", summary="Your talk with a colleague")  # fmt: skip
def with_person(request: HttpRequest, person: Number) -> RoomOut:
    """It is made where there is none; nobody is told before something is said."""
    by = the_person(request)
    other = person_named(by, person, "person")
    assert other is not None
    return shown(request, actions.open_direct(other, by=by).pk)


@router.get("/{int:room}", response=RoomOut, operation_id="chat_room", summary="One talk")
def room(request: HttpRequest, room: Number) -> RoomOut:
    """Only of those who talk there; whatever rank one has, talks of others are a 404."""
    return shown(request, room)


@router.post("/{int:room}/read", response=RoomOut, operation_id="chat_read", summary="Say how far you have read")  # fmt: skip
def read(request: HttpRequest, room: Number, body: ReadBody) -> RoomOut:
    """The mark moves on, never back."""
    actions.mark_read(room_or_404(request, room), by=the_person(request), up_to=body.up_to)
    return shown(request, room)


@router.post("/{int:room}/mute", response=RoomOut, operation_id="chat_mute", summary="Hear no more of a talk, or again")  # fmt: skip
def mute(request: HttpRequest, room: Number, body: SilenceBody) -> RoomOut:
    """What calls you by name is told all the same."""
    actions.mute(room_or_404(request, room), by=the_person(request), is_muted=body.muted)
    return shown(request, room)
