"""The page on which a client asks for an operator."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from estafeta.accounts.models import Department
from estafeta.chat import queries
from estafeta.chat.errors import Invalid, Refused
from estafeta.chat.models import Room
from estafeta.chat.operators import asking, receiving
from estafeta.chat.operators.receiving import Desk
from estafeta.desk.chat.asking.bar import nobody_there, usual_wait
from estafeta.desk.page import DeskRequest, render_page, signed_in
from estafeta.desk.tickets.new import show_filled
from estafeta.desk.tickets.sending import a_number, fresh_key
from estafeta.lib.request_keys import Key, KeyReused
from estafeta.lib.text import excerpt

AS_TICKET = "ticket"
LONGEST_TITLE = 150


@dataclass(frozen=True)
class Offer:
    """One department that can be asked."""

    desk: Desk
    state: str
    talk: Room | None

    @property
    def department(self) -> Department:
        """Whose it is."""
        return self.desk.department

    @property
    def choice(self) -> tuple[int, str, str]:
        """A card to choose it by."""
        hint = " · ".join(filter(None, (self.desk.reception.about, self.state)))
        return self.department.pk, self.department.name, hint


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ask(request: DeskRequest) -> HttpResponse:
    """Where nobody answers now, what was typed becomes a ticket instead."""
    if not asking.may_ask(request.user):
        raise Http404
    if request.method != "POST":
        return _show(request, request.GET.get("text", "")[:8000])
    text, number = request.POST.get("text", ""), a_number(request.POST.get("department"))
    if request.POST.get("as") == AS_TICKET:
        lines = text.strip().splitlines()
        start: dict[str, Any] = {"title": excerpt(lines[0], LONGEST_TITLE) if lines else ""}
        start |= {"text": text, "department": number or ""}
        return show_filled(request, start)
    department = Department.objects.filter(pk=number or 0).first()
    if department is None:
        return _show(request, text, errors={"department": [_("Choose whom you want to ask.")]})
    try:
        room = _asked(request, department, text)
    except Invalid as refused:
        field = refused.field if refused.field == "department" else "text"
        return _show(request, text, errors={field: [str(refused)]}, chosen=department.pk)
    except Refused as refused:
        return _show(request, text, errors={"": [str(refused)]}, chosen=department.pk)
    return HttpResponseRedirect(reverse("chat_room", args=[room.pk]), status=303)


def _asked(request: DeskRequest, department: Department, text: str) -> Room:
    key = request.POST.get("key", "")[:64]
    said = hashlib.sha256(json.dumps([department.pk, text]).encode()).hexdigest()
    try:
        return asking.ask(
            department, text, by=request.user, submission=Key(f"ask:{key}", said) if key else None
        )
    except KeyReused:  # changed after an answer that was lost: said as something new
        return asking.ask(department, text, by=request.user)


def _show(
    request: DeskRequest, text: str, *, errors: dict[str, list[str]] | None = None, chosen: int = 0
) -> HttpResponse:
    rows = receiving.receiving(request.user)
    talks = {row.department_id: row for row in queries.open_talks(request.user)}
    offers = [
        Offer(desk, _state(desk), talks.get(desk.department.pk)) for desk in receiving.desks(rows)
    ]
    answering = next((one.department.pk for one in offers if one.desk.answers), 0)
    context = {
        "offers": offers, "text": text, "errors": errors or {}, "key": fresh_key(),
        "chosen": chosen or answering or (offers[0].department.pk if offers else 0),
        "is_answered": bool(answering), "choices": [one.choice for one in offers],
    }  # fmt: skip
    return render_page(request, "desk/chat/asking/ask.html", context, status=422 if errors else 200)


def _state(desk: Desk) -> str:
    if not desk.answers:
        return nobody_there(desk)
    return usual_wait(desk.department.pk) or _("Somebody is here now.")
