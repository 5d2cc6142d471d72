"""One's own page: what I hear of and when, and what I have muted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Absence, Department
from estafeta.accounts.permissions import is_staff
from estafeta.desk.page import DeskRequest, render_page, signed_in
from estafeta.desk.profile.tabs import tabs
from estafeta.desk.wishes.decisions import decisions
from estafeta.desk.wishes.matrix import table
from estafeta.desk.wishes.times_form import TimesForm
from estafeta.lib import clock
from estafeta.notifications import wishing
from estafeta.notifications.models import Mute, Rhythm
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
        "is_usual_daily": chosen.inherited.rhythm == Rhythm.DAILY,
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
