"""One's own page: what I hear of, when, and what I have muted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Absence, Department
from estafeta.accounts.permissions import is_staff
from estafeta.desk.page import DeskRequest, is_fragment, render_page, signed_in
from estafeta.desk.profile.tabs import tabs
from estafeta.desk.tickets.access import with_ticket
from estafeta.desk.tickets.answers import events
from estafeta.desk.wishes.forms import TimesForm
from estafeta.desk.wishes.matrix import decisions, table
from estafeta.lib import clock
from estafeta.notifications import wishing
from estafeta.notifications.models import Mute
from estafeta.notifications.wishes import chosen_by
from estafeta.tickets.models import Ticket

MOST_MUTED = 50


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: DeskRequest) -> HttpResponse:
    """The page, and saving all of it."""
    chosen = chosen_by(request.user)
    form = TimesForm(request.POST if request.method == "POST" else None, chosen=chosen)
    if form.is_bound and form.is_valid():
        cells = decisions(request.POST, chosen)
        try:
            wishing.wish(request.user, by=request.user, cells=cells, **form.cleaned_data)
        except Invalid as wrong:
            wrong.put_into(form)
        else:
            messages.success(request, _("Your wishes are saved."))
            return HttpResponseRedirect(reverse("wishes"))
    return _page(request, form, chosen)


def _page(request: DeskRequest, form: TimesForm, chosen: Any) -> HttpResponse:
    person = request.user
    headed = Department.objects.active().filter(pk__in=person.standing.headed)
    shown = table(chosen, person=person)
    context = {
        "tabs": tabs("wishes"), "form": form, "table": shown,
        "ticked": set(request.POST.getlist("cell")) if form.is_bound else None,
        "headed": headed.in_tree_order(), "muted": _muted(request), "is_staff": is_staff(person),
        "absences": _absences(request),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render_page(request, "desk/wishes/own.html", context, status=status)


def _absences(request: DeskRequest) -> list[Absence]:
    rows = Absence.objects.not_over(clock.now()).filter(person=request.user)
    return list(rows.select_related("deputy"))


def _muted(request: DeskRequest) -> list[Ticket]:
    muted = Mute.objects.filter(person=request.user).values("ticket")
    rows = Ticket.objects.visible_to(request.user).filter(pk__in=muted)
    return list(rows.select_related("department").order_by("-changed_at", "-pk")[:MOST_MUTED])


@require_POST
@with_ticket
def mute(request: DeskRequest, ticket: Ticket, what: str) -> HttpResponse:
    """Hear no more of a ticket, or again."""
    if what not in ("mute", "unmute"):
        raise Http404
    act = wishing.mute if what == "mute" else wishing.unmute
    act(ticket, by=request.user)
    told = _("You hear no more of this ticket, unless somebody calls you by name.")
    words = told if what == "mute" else _("You hear of this ticket again.")
    back = request.POST.get("from") == "wishes"
    address = reverse("wishes") if back else reverse("ticket", args=[ticket.pk])
    if is_fragment(request):
        toast = {"text": words, "tone": "success"}
        return events(HttpResponse(status=204), toast=toast, live__ticket={"number": ticket.pk})
    messages.success(request, words)
    return HttpResponseRedirect(address)
