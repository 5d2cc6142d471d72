"""How far one has read, whether one wants to hear of it, how much is new."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from estafeta.chat import actions, queries
from estafeta.chat.models import Room
from estafeta.desk.chat.access import with_room
from estafeta.desk.page import DeskRequest, signed_in
from estafeta.lib.ids import bounded


@require_safe
@signed_in
def unread(request: DeskRequest) -> HttpResponse:
    """The number beside the word in the menu."""
    return JsonResponse({"unread": queries.unread_rooms(request.user)})


@require_POST
@with_room
def read(request: DeskRequest, room: Room) -> HttpResponse:
    """Everything up to a message was read."""
    text = request.POST.get("up_to", "")
    if text.isascii() and text.isdigit() and len(text) < 20:
        actions.mark_read(room, by=request.user, up_to=bounded(int(text)))
    return HttpResponse(status=204)


@require_POST
@with_room
def mute(request: DeskRequest, room: Room) -> HttpResponse:
    """Or hear of it again."""
    actions.mute(room, by=request.user, is_muted=request.POST.get("muted") == "yes")
    return HttpResponseRedirect(reverse("chat_room", args=[room.pk]))
