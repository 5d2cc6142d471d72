"""What a pop-up says of a message that calls its reader; the stream only said that it does."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from estafeta.chat.calling import Calls
from estafeta.chat.models import Message, Seat, State
from estafeta.desk.chat.access import with_message
from estafeta.desk.page import DeskRequest
from estafeta.notifications.kinds import Kind
from estafeta.notifications.talks.hearing import KIND_OF
from estafeta.notifications.talks.saying import of_talk
from estafeta.notifications.talks.telling import path_of, spoken_of
from estafeta.notifications.wishes import POPUP, chosen_by


@require_safe
@with_message
def call(request: DeskRequest, message: Message) -> HttpResponse:
    """204 where it calls him no more, or was never meant for him."""
    found = Calls([message]).all(among=[request.user.pk])
    if not found or message.deleted_at is not None:
        return HttpResponse(status=204)
    kind = KIND_OF[found[0].reason]
    if kind == Kind.ASKED:
        return _card(request, _question(message), kind)
    seats = Seat.objects.filter(room=message.room, person=request.user)
    if seats.filter(read_up_to__gte=message.pk).exists():
        return HttpResponse(status=204)
    return _card(request, message, kind)


def _question(line: Message) -> Message:
    """What the client asked, in place of the line that he waits."""
    asked = line.room.messages.written().filter(author=line.room.client_id)
    return asked.select_related("author").order_by("-pk").first() or line


def _card(request: DeskRequest, message: Message, kind: Kind) -> JsonResponse:
    room, author = message.room, message.author
    content = of_talk(kind, spoken_of(room, [message], 1, reader=request.user))
    told: dict[str, Any] = {
        "title": content.title,
        "text": content.text,
        "url": path_of(room),
        "room": room.pk,
        "quiet": not chosen_by(request.user).wants(kind, POPUP),
        "waits": kind == Kind.ASKED and room.state == State.WAITING,
        "avatar": {"initials": author.initials, "hue": author.hue, "photo": author.photo_url},
    }
    return JsonResponse(told)
