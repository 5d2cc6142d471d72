"""One field instead of a form: what is typed is shown as it was understood, and opened."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from estafeta.desk.limits import Limited, limited
from estafeta.desk.page import DeskRequest, is_fragment, render_page, signed_in
from estafeta.desk.quick_line.shown import Shown, shown
from estafeta.desk.tickets.new import show_filled
from estafeta.desk.tickets.new_form import ME, OTHER
from estafeta.desk.tickets.sending import fresh_key, key_of
from estafeta.desk.tickets.topics import defaults
from estafeta.tickets.errors import Invalid, Refused
from estafeta.tickets.models import Priority
from estafeta.tickets.quick_line.opening import open_line, understood
from estafeta.tickets.quick_line.pieces import NameKind
from estafeta.tickets.submissions import KeyReused

LONGEST = 200_000


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def quick_line(request: DeskRequest) -> HttpResponse:
    """GET shows the field, `?line=` fills it; POST opens, or shows, or goes to the full form."""
    if request.method != "POST":
        return _show(request, request.GET.get("line", "")[:LONGEST])
    line = request.POST.get("line", "")[:LONGEST]
    if "instead" in request.POST:
        rest = line.replace("\r\n", "\n").partition("\n")[2]
        return _show(request, "\n".join(filter(None, (request.POST["instead"][:LONGEST], rest))))
    if "look" in request.POST:
        return _show(request, line)
    if "full" in request.POST:
        return show_filled(request, _start(request, line))
    return _open(request, line)


@require_POST
@signed_in
@limited(Limited.PREVIEW)
def preview(request: DeskRequest) -> HttpResponse:
    """What was understood so far, for the place under the field."""
    found = shown(request.POST.get("line", "")[:LONGEST], by=request.user)
    return render(request, "desk/quick_line/understood.html", {"shown": found})


def _open(request: DeskRequest, line: str) -> HttpResponse:
    try:
        entry = open_line(
            understood(line, by=request.user), by=request.user, submission=key_of(request)
        )
    except KeyReused:
        told = _("This line was sent already, and you have changed it since. "
                 "Send it again if you want a second ticket.")  # fmt: skip
        return _show(request, line, error=told, status=409)
    except Invalid as refused:
        return _show(request, line, error=str(refused), status=422)
    except Refused as refused:
        return _show(request, line, error=str(refused), status=403)
    words = _("Ticket %(number)s is on its way.") % {"number": entry.ticket.written}
    again = _("One more")
    messages.success(request, words, extra_tags=f"{reverse('quick_line')} {again}")
    return HttpResponseRedirect(reverse("ticket", args=[entry.ticket_id]), status=303)


def _start(request: DeskRequest, line: str) -> dict[str, Any]:
    """The full form filled with the line. It has no field for tags: they stay in the title."""
    meant = understood(line, by=request.user)
    topic = next(iter(meant.ids(NameKind.TOPIC)), None)
    given = defaults(request.user).get(topic, {}) if topic else {}
    requester = next(iter(meant.ids(NameKind.REQUESTER)), None)
    department = next(iter(meant.ids(NameKind.DEPARTMENT)), None)
    return {
        "title": " ".join([meant.title, *(f"#{one}" for one in meant.tags)]).strip(),
        "text": meant.text,
        "department": department or given.get("department", ""),
        "topic": topic or "",
        "people": meant.ids(NameKind.PERSON) or [pk for pk, _name in _people(given)],
        "whose": OTHER if requester else ME,
        "requester": requester or "",
        "priority": meant.priority or given.get("priority", Priority.NORMAL),
        "deadline": meant.deadline,
        "acceptance": given.get("acceptance", ""),
        "evidence": given.get("evidence", []),
    }


def _people(given: dict[str, object]) -> list[Any]:
    people = given.get("people", [])
    return people if isinstance(people, list) else []


def _show(request: DeskRequest, line: str, *, error: str = "", status: int = 200) -> HttpResponse:
    found: Shown | None = shown(line, by=request.user) if line.strip() else None
    key = request.POST.get("key", "") if status == 422 else ""
    context: dict[str, Any] = {
        "line": line, "shown": found, "error": error, "key": key or fresh_key(),
    }  # fmt: skip
    context["is_typed"] = request.method == "POST"
    if is_fragment(request):
        return render(request, "desk/quick_line/dialog.html", context, status=status)
    return render_page(request, "desk/quick_line/page.html", context, status=status)
