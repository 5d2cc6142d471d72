"""Saying something, correcting it, taking it back."""

from __future__ import annotations

import hashlib
import json
from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from estafeta.chat import actions
from estafeta.chat.errors import CannotCheck, Invalid, NotAllowed, NotNow, Refused
from estafeta.chat.files import keep_draft
from estafeta.chat.models import Message, Room
from estafeta.desk.chat import pages
from estafeta.desk.chat.access import with_message, with_room
from estafeta.desk.files.drafts import numbers
from estafeta.desk.page import DeskRequest, is_fragment
from estafeta.lib.request_keys import Key, KeyReused

STATUSES: dict[type[Refused], int] = {
    NotAllowed: HTTPStatus.FORBIDDEN,
    NotNow: HTTPStatus.CONFLICT,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    CannotCheck: HTTPStatus.SERVICE_UNAVAILABLE,
}
BY_SCRIPT = "X-Requested-With"


@require_POST
@with_room
def write(request: DeskRequest, room: Room) -> HttpResponse:
    """Say it; a script gets the number of the message or the reason, a plain form the page."""
    return say(request, room, write_url="")


def say(request: DeskRequest, room: Room, *, write_url: str) -> HttpResponse:
    """In a room that may have been made just now."""
    text = request.POST.get("text", "")
    try:
        files = [*numbers(request.POST.getlist("files")), *_plain_files(request)]
        message = actions.write(
            room, text, by=request.user, files=files,
            answers=_answered(request), submission=_key(request, room, text, files),
        )  # fmt: skip
    except KeyReused:
        # What was typed after a lost answer: said as something new.
        message = actions.write(
            room, text, by=request.user, files=files, answers=_answered(request)
        )
    except Refused as refused:
        status = STATUSES[type(refused)]
        if BY_SCRIPT in request.headers:
            return JsonResponse({"error": str(refused)}, status=status)
        return pages.show(
            request, room, write_url=write_url, status=status, text=text, errors=[str(refused)]
        )  # fmt: skip
    address = reverse("chat_room", args=[room.pk])
    if BY_SCRIPT in request.headers:
        return JsonResponse({"message": message.pk, "room": room.pk, "url": address}, status=201)
    return HttpResponseRedirect(f"{address}#message-{message.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@with_message
def edit(request: DeskRequest, message: Message) -> HttpResponse:
    """A dialog with its text."""
    if request.method != "POST":
        context = {"message": message, "text": message.text, "errors": []}
        return render(request, "desk/chat/edit.html", context)
    text = request.POST.get("text", "")
    try:
        actions.edit(message, text, by=request.user)
    except Refused as refused:
        context = {"message": message, "text": text, "errors": [str(refused)]}
        return render(request, "desk/chat/edit.html", context, status=STATUSES[type(refused)])
    return _changed(request, message)


@require_POST
@with_message
def take_back(request: DeskRequest, message: Message) -> HttpResponse:
    """Its place stays."""
    try:
        actions.take_back(message, by=request.user)
    except Refused as refused:
        response = HttpResponse(status=STATUSES[type(refused)])
        told = {"toast": {"text": str(refused), "tone": "error"}}
        response.headers["HX-Trigger"] = json.dumps(told)
        return response
    return _changed(request, message)


def _changed(request: DeskRequest, message: Message) -> HttpResponse:
    if not is_fragment(request):
        address = reverse("chat_room", args=[message.room_id])
        return HttpResponseRedirect(f"{address}?message={message.pk}")
    response = HttpResponse(status=204)
    response.headers["HX-Trigger"] = json.dumps({"chat:changed": {"message": message.pk}})
    return response


def _plain_files(request: DeskRequest) -> list[int]:
    """From a browser without JavaScript."""
    sent = request.FILES.getlist("upload")
    return [keep_draft(file, file.name or "", by=request.user).pk for file in sent]


def _answered(request: DeskRequest) -> int | None:
    text = request.POST.get("answers", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _key(request: DeskRequest, room: Room, text: str, files: list[int]) -> Key | None:
    key = request.POST.get("key", "")[:64]
    if not key:
        return None
    said = json.dumps([room.pk, text, files, _answered(request)])
    return Key(key, hashlib.sha256(said.encode()).hexdigest())
