"""A talk becomes a ticket: the face calls the chat and the tickets, which do not know each other."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from estafeta.accounts.models import Department, Person
from estafeta.carrying.talk_to_ticket import carry
from estafeta.chat.errors import NotAllowed, NotNow
from estafeta.chat.models import Room
from estafeta.chat.operators import becoming
from estafeta.desk.chat.access import with_room
from estafeta.desk.files.drafts import numbers
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.tickets.fields import Choice, Words, offer
from estafeta.desk.tickets.new_form import department_choices
from estafeta.desk.tickets.sending import a_number, fresh_key, key_of
from estafeta.desk.tickets.topics import topic_choices, topic_of
from estafeta.tickets.errors import Invalid, Refused
from estafeta.tickets.submissions import KeyReused


class TalkTicketForm(forms.Form):
    """What is to be said of the ticket; the transcript is its text, and can be shortened."""

    title = Words(gettext_lazy("Title"), kind="line", must=True)
    department = Choice(gettext_lazy("To the department"), (), kind="select", required=False)
    topic = Choice(gettext_lazy("Topic"), (), kind="select", required=False)
    text = Words(gettext_lazy("Text"), kind="markdown", rows=12)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "department", department_choices(by))
        offer(self, "topic", topic_choices(by))


@require_http_methods(["GET", "HEAD", "POST"])
@with_room
def make(request: DeskRequest, room: Room) -> HttpResponse:
    """GET shows the form filled in from the talk; POST opens the ticket."""
    try:
        becoming.require_making(room, by=request.user)
    except NotAllowed as refused:
        raise PermissionDenied(str(refused)) from None
    except NotNow as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("chat_room", args=[room.pk]), status=303)
    if request.method != "POST":
        start = {
            "title": becoming.title_of(room), "department": room.department_id,
            "text": becoming.transcript(room),
        }  # fmt: skip
        return _show(request, room, TalkTicketForm(by=request.user, initial=start))
    form = TalkTicketForm(request.POST, by=request.user)
    if not form.is_valid():
        return _show(request, room, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _open(request, room, form)


def _open(request: DeskRequest, room: Room, form: TalkTicketForm) -> HttpResponse:
    chosen = numbers(request.POST.getlist("file"))
    files = [row for row in becoming.files_of(room) if row.pk in chosen]
    given = form.cleaned_data
    try:
        ticket = carry(
            room, by=request.user, title=given["title"], text=given["text"],
            department=_department(given["department"]), topic=topic_of(given["topic"]),
            files=files, submission=key_of(request),
        )  # fmt: skip
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _show(request, room, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except (Refused, NotNow, NotAllowed) as refused:
        form.add_error(None, str(refused))
        return _show(request, room, form, status=HTTPStatus.CONFLICT)
    except KeyReused:
        form.add_error(None, _("This form was sent already."))
        return _show(request, room, form, status=HTTPStatus.CONFLICT)
    words = _("Ticket %(number)s is on its way.") % {"number": ticket.written}
    messages.success(request, words)
    return HttpResponseRedirect(reverse("ticket", args=[ticket.pk]), status=303)


def _department(number: str) -> Department | None:
    return Department.objects.filter(pk=a_number(number) or 0).first()


def _show(
    request: DeskRequest, room: Room, form: TalkTicketForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    files = becoming.files_of(room)
    chosen = numbers(request.POST.getlist("file")) if form.is_bound else [row.pk for row in files]
    context = {
        "room": room, "form": form, "key": request.POST.get("key", "") or fresh_key(),
        "files": [(row.pk, row.name) for row in files], "chosen": chosen,
    }  # fmt: skip
    return render_page(request, "desk/chat/asking/ticket.html", context, status=status)
