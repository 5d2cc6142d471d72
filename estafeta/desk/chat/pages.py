"""The page of talks: rooms on one side, a talk on the other; on a phone one of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from estafeta.chat import log
from estafeta.chat.models import Room, RoomKind
from estafeta.desk.chat import rooms as room_list
from estafeta.desk.chat import talk as one_talk
from estafeta.desk.chat.access import with_room
from estafeta.desk.chat.asking import bar as bars
from estafeta.desk.page import DeskRequest, render_page, signed_in
from estafeta.lib.ids import bounded


@require_safe
@signed_in
def start(request: DeskRequest) -> HttpResponse:
    """No talk is open yet."""
    context = {"live_at": log.newest(), "list": room_list.of(request.user), "talk": None}
    return render_page(request, "desk/chat/page.html", context)


@require_safe
@signed_in
def rooms(request: DeskRequest) -> HttpResponse:
    """The list alone, when something has happened."""
    context = {"list": room_list.of(request.user), "open_room": _number(request, "open")}
    return render(request, "desk/chat/rooms.html", context)


@require_safe
@with_room
def talk(request: DeskRequest, room: Room) -> HttpResponse:
    """One talk; with `message` the part around that one."""
    return show(request, room, wanted=_number(request, "message"))


def show(
    request: DeskRequest, room: Room, *, wanted: int = 0, write_url: str = "", status: int = 200,
    text: str = "", errors: list[str] | None = None,
) -> HttpResponse:  # fmt: skip
    """The page with this talk open; the number of the last change is read before its messages."""
    live_at = log.newest()
    context = {
        "live_at": live_at, "talk": one_talk.of(room, request.user, wanted=wanted, write_url=write_url),
        "list": room_list.of(request.user), "open_room": room.pk, "text": text,
        "errors": errors or [],
        "bar": bars.of(room, request.user) if room.kind == RoomKind.CLIENT else None,
    }  # fmt: skip
    return render_page(request, "desk/chat/page.html", context, status=status)


def _number(request: DeskRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return bounded(int(text)) if text.isascii() and text.isdigit() and len(text) < 20 else 0
