"""The first page of the day."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from estafeta.desk.dashboard import board, glance
from estafeta.desk.kept import kept
from estafeta.desk.navigation import counters_of
from estafeta.desk.page import DeskRequest, is_fragment, render_page, signed_in
from estafeta.tickets.lists.workday import workday_of


@require_safe
@signed_in
@kept
def dashboard(request: DeskRequest) -> HttpResponse:
    """What is mine now, what waits, what is late, what is free; and for bosses, how it stands."""
    counters, person = counters_of(request), request.user
    day = workday_of(counters)
    context = {
        "tiles": board.tiles(counters, day),
        "groups": board.groups(person, day),
        "people": glance.people(counters),
        "departments": glance.departments(counters),
        "today": date_format(localtime(counters.now), "l, j E"),
        "reader": person,
    }
    if is_fragment(request):
        return render(request, "desk/dashboard/board.html", context)
    return render_page(request, "desk/dashboard/page.html", context)


@require_safe
@signed_in
def departments(request: DeskRequest) -> HttpResponse:
    """All departments whose tickets the person may see."""
    context = {"departments": glance.all_departments(counters_of(request))}
    return render_page(request, "desk/dashboard/departments.html", context)
