"""Rooms and messages are fetched through the rule of sight; a foreign one is not there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse

from estafeta.accounts.models import Person
from estafeta.chat.models import Message, Room
from estafeta.desk.page import DeskRequest, signed_in
from estafeta.lib.ids import bounded

View = Callable[..., HttpResponse]
NAMED = ("first", "second", "department", "client", "operator")


def find(person: Person, number: int) -> Room:
    """The room with whom it names. Raises Http404."""
    rows = Room.objects.visible_to(person).select_related(*NAMED)
    room = rows.filter(pk=bounded(number)).first()
    if room is None:
        raise Http404
    return room


def with_room(view: View) -> View:
    """Give the view its room."""

    @signed_in
    @wraps(view)
    def answer(request: DeskRequest, /, room: int, **more: object) -> HttpResponse:
        return view(request, find(request.user, room), **more)

    return answer


def with_message(view: View) -> View:
    """Give the view its message, with the room."""

    @signed_in
    @wraps(view)
    def answer(request: DeskRequest, /, message: int, **more: object) -> HttpResponse:
        rows = Message.objects.visible_to(request.user).select_related(
            "author", "answers__author", *(f"room__{name}" for name in NAMED)
        )
        found = rows.filter(pk=bounded(message)).first()
        if found is None:
            raise Http404
        return view(request, found, **more)

    return answer
