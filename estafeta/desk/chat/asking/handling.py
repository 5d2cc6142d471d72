"""What operators and clients do with a talk: accept, pass on, put back, close."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from estafeta.accounts.models import Department, Person
from estafeta.chat import permissions
from estafeta.chat.errors import Invalid, NotAllowed, NotNow
from estafeta.chat.models import Reception, Room
from estafeta.chat.operators import handling
from estafeta.chat.permissions import Deed, Relation
from estafeta.desk.chat.access import with_room
from estafeta.desk.chat.asking import bar as bars
from estafeta.desk.page import DeskRequest, is_fragment, render_page
from estafeta.desk.tickets.sending import a_number

Act = Callable[[], object]


@require_safe
@with_room
def bar(request: DeskRequest, room: Room) -> HttpResponse:
    """The line alone, when something has happened."""
    return render(request, "desk/chat/asking/bar.html", {"bar": bars.of(room, request.user)})


@require_POST
@with_room
def accept(request: DeskRequest, room: Room) -> HttpResponse:
    """Whoever is late is told who was first, and sees the talk as it is now."""
    return _done(request, room, partial(handling.accept, room, by=request.user))


@require_POST
@with_room
def put_back(request: DeskRequest, room: Room) -> HttpResponse:
    """It waits for somebody else."""
    return _done(request, room, partial(handling.put_back, room, by=request.user))


@require_POST
@with_room
def close(request: DeskRequest, room: Room) -> HttpResponse:
    """The talk stays to be read."""
    return _done(request, room, partial(handling.close, room, by=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@with_room
def pass_on(request: DeskRequest, room: Room) -> HttpResponse:
    """A dialog: to a colleague or to another department."""
    if request.method != "POST":
        if not permissions.may(Deed.PASS_ON, Relation(request.user, room)):
            raise PermissionDenied(str(NotAllowed()))
        return _ask_to_whom(request, room)
    try:
        person, department = _whom(request)
        handling.pass_on(
            room, by=request.user, person=person, department=department, reason=_reason(request)
        )
    except Invalid as refused:
        return _ask_to_whom(request, room, refused=refused)
    except NotAllowed as refused:
        raise PermissionDenied(str(refused)) from None
    except NotNow as refused:
        messages.error(request, str(refused))
    return _to_talk(request, room)


def _whom(request: DeskRequest) -> tuple[Person | None, Department | None]:
    kind, _sign, text = request.POST.get("to", "").partition(":")
    number = a_number(text) or 0
    if kind == "person":
        return Person.objects.filter(pk=number).first(), None
    if kind == "department":
        return None, Department.objects.filter(pk=number).first()
    return None, None


def _reason(request: DeskRequest) -> str:
    return request.POST.get("reason", "")


def _ask_to_whom(
    request: DeskRequest, room: Room, *, refused: Invalid | None = None
) -> HttpResponse:
    colleagues = Person.objects.members_of([room.department_id or 0])
    others = Reception.objects.filter(is_open=True).exclude(department=room.department_id)
    places = others.filter(department__is_active=True).select_related("department")
    context = {
        "room": room, "to": request.POST.get("to", ""), "reason": _reason(request),
        "colleagues": [
            (f"person:{one.pk}", one.name)
            for one in colleagues.exclude(pk=room.operator_id or 0)
            if one.pk != room.client_id
        ],
        "departments": [
            (f"department:{row.department_id}", row.department.name)
            for row in places.order_by("department__path")
        ],
        "errors": {refused.field: [str(refused)]} if refused else {},
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    if is_fragment(request):
        return render(request, "desk/chat/asking/pass_on.html", context, status=status)
    return render_page(request, "desk/chat/asking/pass_on_page.html", context, status=status)


def _done(request: DeskRequest, room: Room, act: Act) -> HttpResponse:
    try:
        act()
    except NotAllowed as refused:
        raise PermissionDenied(str(refused)) from None
    except NotNow as refused:  # the page that comes shows how it stands
        messages.error(request, str(refused))
    return _to_talk(request, room)


def _to_talk(request: DeskRequest, room: Room) -> HttpResponse:
    """Whoever has passed it out of his sight goes to the others."""
    if Room.objects.visible_to(request.user).filter(pk=room.pk).exists():
        address = reverse("chat_room", args=[room.pk])
    else:
        messages.success(request, _("The talk is with the other department now."))
        address = reverse("chat")
    if is_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address, status=303)
