"""Administration: the tree of departments."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from estafeta.accounts.actions import departments as actions
from estafeta.accounts.actions.whole import save_department
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Department, Membership
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people import placing
from estafeta.desk.people.access import administrator
from estafeta.desk.people.department_form import (
    DepartmentForm,
    ShortDepartmentForm,
    parents_for,
)
from estafeta.desk.people.forms import saved
from estafeta.desk.people.lookups import department_or_404
from estafeta.desk.people.members import members_of
from estafeta.desk.people.tabs import tabs
from estafeta.tickets.lists import tallies
from estafeta.tickets.statuses import OPEN_STATUSES
from estafeta.tickets.upkeep import leaving

_get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@administrator
@require_safe
def tree(request: DeskRequest) -> HttpResponse:
    """All departments with their people and open tickets."""
    context = {"tabs": tabs("manage_departments"), **_lines()}
    return render_page(request, "desk/people/departments.html", context)


def _lines() -> dict[str, Any]:
    active = Count("memberships", filter=Q(memberships__person__is_active=True))
    rows = Department.objects.annotate(people=active).select_related("merged_into").in_tree_order()
    heads: dict[int, list[str]] = {}
    leading = Membership.objects.filter(is_head=True, person__is_active=True)
    for department, name in leading.values_list("department", "person__name"):
        heads.setdefault(department, []).append(name)
    counts = tallies.by_department()
    lines = [
        {
            "department": row, "depth": min(row.depth, 4), "heads": heads.get(row.pk, []),
            "open": sum(counts.get(row.pk, Counter())[status] for status in OPEN_STATUSES),
        }
        for row in rows
    ]  # fmt: skip
    return {"lines": lines, "ways": placing.ways()}


@administrator
@require_POST
def place(request: DeskRequest, number: int) -> HttpResponse:
    """Put it, with all below, elsewhere in the tree."""
    department, refused = department_or_404(number), ""
    rows = Department.objects.in_tree_order()
    wanted = placing.place_of(rows, department, request.POST)
    if wanted is not None:
        parent = next((row for row in rows if row.pk == wanted.parent), None)
        try:
            actions.place_department(
                department, by=request.user, parent=parent, before=wanted.before
            )
        except Invalid as wrong:
            refused = str(wrong)
    return placing.answer(request, "departments", _lines, refused)


@administrator
@_get_and_post
def new(request: DeskRequest) -> HttpResponse:
    """Add one."""
    return _form(request, None)


@administrator
@_get_and_post
def edit(request: DeskRequest, number: int) -> HttpResponse:
    """Rename it, say how work comes to it, move it with all below."""
    return _form(request, department_or_404(number))


def _form(request: DeskRequest, department: Department | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form: Any
    if department is None:
        form = ShortDepartmentForm(data, initial={"parent": request.GET.get("inside", "")})
    else:
        form = DepartmentForm(data, instance=department)
    row = department_or_404(department.pk) if department else None
    if form.is_bound and saved(form, lambda values: save_department(row, values, by=request.user)):
        messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
        return HttpResponseRedirect(reverse("manage_departments"))
    context = {
        "tabs": tabs("manage_departments"), "form": form, "department": department,
        "parents": parents_for(department),
        "open": leaving.open_in(department) if department else 0,
        "members": members_of(department) if department else [],
    }  # fmt: skip
    return render_page(
        request, "desk/people/department.html", context, status=422 if form.is_bound else 200
    )


@administrator
@require_POST
def switch(request: DeskRequest, number: int, what: str) -> HttpResponse:
    """Close it, open it again, or delete it."""
    verbs = {
        "close": (leaving.department_closes, _("%(name)s takes no more tickets.")),
        "open": (actions.reopen_department, _("%(name)s takes tickets again.")),
        "delete": (actions.delete_department, _("%(name)s is deleted.")),
    }
    department = department_or_404(number)
    if what not in verbs:
        raise Http404
    act, told = verbs[what]
    try:
        act(department, by=request.user)
    except Invalid as wrong:
        messages.error(request, str(wrong))
        return HttpResponseRedirect(reverse("manage_department", args=[number]))
    messages.success(request, told % {"name": department.name})
    return HttpResponseRedirect(reverse("manage_departments"))
