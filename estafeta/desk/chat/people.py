"""Whom one can talk to, and who can be called by name in a room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from estafeta.accounts.models import Person
from estafeta.chat import mentions, permissions
from estafeta.chat.actions import open_direct
from estafeta.chat.models import Room, RoomKind
from estafeta.chat.visibility import is_staff
from estafeta.desk import whereabouts
from estafeta.desk.chat import pages, writing
from estafeta.desk.chat.access import with_room
from estafeta.desk.page import DeskRequest, is_fragment, render_page, signed_in
from estafeta.lib.ids import bounded

MOST = 12
MOST_ASKED = 60
LONGEST = 100


@require_safe
@signed_in
def new(request: DeskRequest) -> HttpResponse:
    """Choose whom to talk to: a dialog, or a page."""
    if not is_staff(request.user.standing):
        raise Http404
    chosen = request.GET.get("person", "")
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 19:
        return HttpResponseRedirect(reverse("chat_with", args=[int(chosen)]))
    if is_fragment(request):
        return render(request, "desk/chat/new.html")
    return render_page(request, "desk/chat/new_page.html", {})


@require_safe
@signed_in
def to_talk_to(request: DeskRequest) -> JsonResponse:
    """For the field that completes a name: others of the staff."""
    if not is_staff(request.user.standing):
        raise Http404
    found = Person.objects.active().staff().exclude(pk=request.user.pk)
    return _answer(found.find(_question(request))[:MOST], value="pk")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def with_person(request: DeskRequest, person: int) -> HttpResponse:
    """The talk with somebody; it is kept from the first message on."""
    other = Person.objects.active().filter(pk=bounded(person)).first()
    if other is None or not permissions.may_open_direct(request.user, other):
        raise Http404
    if request.method == "POST":
        room = open_direct(other, by=request.user)
        return writing.say(request, room, write_url=reverse("chat_with", args=[other.pk]))
    first, second = sorted((request.user, other), key=lambda one: one.pk)
    kept = Room.objects.filter(kind=RoomKind.DIRECT, first=first, second=second).first()
    if kept is not None:
        return HttpResponseRedirect(reverse("chat_room", args=[kept.pk]))
    fresh = Room(kind=RoomKind.DIRECT, first=first, second=second)
    return pages.show(request, fresh, write_url=reverse("chat_with", args=[other.pk]))


@require_safe
@with_room
def members(request: DeskRequest, room: Room) -> JsonResponse:
    """Who can be called by name there: those who see the room."""
    known = Person.objects.active().filter(login__isnull=False).exclude(pk=request.user.pk)
    if room.kind == RoomKind.COMMON:
        known = known.staff()
    elif room.kind == RoomKind.DEPARTMENT and room.department_id is not None:
        known = known.members_of([room.department_id])
    else:
        present = {room.first_id, room.second_id, room.client_id, room.operator_id} - {None}
        known = known.filter(pk__in=present)
    found = mentions.seeing(room, known.find(_question(request))[:MOST_ASKED])
    return _answer(found[:MOST], value="login")


def _question(request: DeskRequest) -> str:
    return request.GET.get("q", "")[:LONGEST]


def _answer(people: Iterable[Person], *, value: str) -> JsonResponse:
    return JsonResponse({"results": [_option(person, value) for person in people]})


def _option(person: Person, value: str) -> dict[str, Any]:
    hint = " · ".join(word for word in (person.position, whereabouts.room(person)) if word)
    return {
        "value": str(getattr(person, value)), "label": person.name, "hint": hint,
        "initials": person.initials, "hue": person.hue, "photo": person.photo_url,
    }  # fmt: skip
