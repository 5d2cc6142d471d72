"""What was said, found by its words: only in rooms that one sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from estafeta.chat import names
from estafeta.chat import search as index
from estafeta.chat.models import Message
from estafeta.desk.chat import access
from estafeta.desk.chat import rooms as room_list
from estafeta.desk.limits import Limited, limited
from estafeta.desk.page import DeskRequest, render_page, signed_in
from estafeta.lib import markdown
from estafeta.lib.text import excerpt

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

MOST = 50
LONGEST = 200
SHOWN = 240


@dataclass
class Hit:
    """One message found."""

    message: Message
    room: str
    text: str
    href: str


@require_safe
@signed_in
@limited(Limited.SEARCH)
def search(request: DeskRequest) -> HttpResponse:
    """With `room` in that talk alone."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    number = request.GET.get("room", "")
    room = (
        access.find(request.user, int(number)) if number.isdecimal() and len(number) < 19 else None
    )
    hits = _hits(text, request.user, room.pk if room else None) if text else []
    context = {
        "list": room_list.of(request.user), "talk": None, "asked": text, "hits": hits,
        "has_more": len(hits) == MOST, "in_room": room,
        "in_name": names.name_of(room, request.user) if room else "",
    }  # fmt: skip
    return render_page(request, "desk/chat/found.html", context)


def _hits(text: str, reader: Person, room: int | None) -> list[Hit]:
    rows = index.found(text, by=reader)
    if room is not None:
        rows = rows.filter(room=room)
    named = rows.select_related("author", *(f"room__{name}" for name in access.NAMED))
    return [
        Hit(
            row, names.name_of(row.room, reader), excerpt(markdown.plain(row.text), SHOWN),
            f"{reverse('chat_room', args=[row.room_id])}?message={row.pk}#message-{row.pk}",
        )
        for row in named[:MOST]
    ]  # fmt: skip
