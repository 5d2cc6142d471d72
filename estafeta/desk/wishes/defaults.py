"""What is right for who never said: of the organisation, and of each department."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from estafeta.accounts.models import Department
from estafeta.desk.page import DeskRequest, render_page, signed_in
from estafeta.desk.people.access import administrator
from estafeta.desk.people.tabs import tabs
from estafeta.desk.wishes.decisions import decisions
from estafeta.desk.wishes.matrix import table
from estafeta.desk.wishes.times_form import rhythms
from estafeta.lib.ids import bounded
from estafeta.notifications import wishing
from estafeta.notifications.models import DefaultWishes, Rhythm
from estafeta.notifications.wishes import chosen_for

_get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@administrator
@_get_and_post
def of_organisation(request: DeskRequest) -> HttpResponse:
    """For everybody, and which departments have their own."""
    if request.method == "POST":
        return _save(request, None)
    decided = set(
        DefaultWishes.objects.exclude(department=None).values_list("department", flat=True)
    )
    departments = [
        {"row": row, "is_own": row.pk in decided, "depth": min(row.depth, 4)}
        for row in Department.objects.active().in_tree_order()
    ]
    context = {"tabs": tabs("manage_wishes"), "departments": departments}
    return _page(request, None, "desk/wishes/organisation.html", context)


@signed_in
@_get_and_post
def of_department(request: DeskRequest, number: int) -> HttpResponse:
    """For its heads, those above them, and administrators."""
    department = Department.objects.filter(pk=bounded(number)).first()
    if department is None or not wishing.may_set_defaults(request.user, department):
        raise Http404
    if request.method == "POST":
        return _save(request, department)
    return _page(request, department, "desk/wishes/department.html", {"department": department})


def _save(request: DeskRequest, department: Department | None) -> HttpResponse:
    rhythm = request.POST.get("rhythm", "")
    cells = decisions(request.POST, chosen_for(department))
    wishing.wish_for(
        department, by=request.user, cells=cells,
        rhythm=rhythm if rhythm in Rhythm.values else "",
    )  # fmt: skip
    messages.success(request, _("What others hear of by themselves is saved."))
    return HttpResponseRedirect(request.path)


def _page(
    request: DeskRequest, department: Department | None, template: str, context: dict[str, Any]
) -> HttpResponse:
    chosen = chosen_for(department)
    row = DefaultWishes.objects.filter(department=department).first()
    context |= {
        "table": table(chosen),
        "rhythms": rhythms(chosen.inherited) if department else Rhythm.choices,
        "rhythm": row.rhythm if row else "",
    }  # fmt: skip
    return render_page(request, template, context)
