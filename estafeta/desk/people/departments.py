"""Administration: the tree of departments."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from estafeta.accounts.actions import departments as actions
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Department, Membership
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import LARGEST, administrator
from estafeta.desk.people.forms import saved
from estafeta.desk.people.tabs import tabs
from estafeta.tickets import leaving, tallies
from estafeta.tickets.statuses import OPEN_STATUSES

_get_and_post = require_http_methods(["GET", "HEAD", "POST"])


class DepartmentForm(forms.Form):
    """A name and a place in the tree."""

    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=120)
    parent = forms.ModelChoiceField(
        Department.objects.all(), label=gettext_lazy("Inside"), required=False
    )


@administrator
@require_safe
def tree(request: DeskRequest) -> HttpResponse:
    """All departments with their people and open tickets."""
    active = Count("memberships", filter=Q(memberships__person__is_active=True))
    rows = Department.objects.annotate(people=active).in_tree_order()
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
    context = {"tabs": tabs("manage_departments"), "lines": lines}
    return render_page(request, "desk/people/departments.html", context)


@administrator
@_get_and_post
def new(request: DeskRequest) -> HttpResponse:
    """Add one."""
    return _form(request, None)


@administrator
@_get_and_post
def edit(request: DeskRequest, number: int) -> HttpResponse:
    """Rename it, move it with all below, close it."""
    return _form(request, _department(number))


def _department(number: int) -> Department:
    department = Department.objects.select_related("parent").filter(pk=min(number, LARGEST)).first()
    if department is None:
        raise Http404
    return department


def _form(request: DeskRequest, department: Department | None) -> HttpResponse:
    initial = {"parent": request.GET.get("inside", "")}
    if department is not None:
        initial = {"name": department.name, "parent": str(department.parent_id or "")}
    form = DepartmentForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and saved(form, lambda values: _save(department, values, request)):
        messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
        return HttpResponseRedirect(reverse("manage_departments"))
    below = Department.objects.below([department]) if department else Department.objects.none()
    possible = Department.objects.exclude(pk__in=below).in_tree_order()
    context = {
        "tabs": tabs("manage_departments"), "form": form, "department": department,
        "parents": [("", _("Nothing: at the top")), *((d.pk, "\u2003" * d.depth + d.name) for d in possible)],
        "open": leaving.open_in(department) if department else 0,
        "members": _members(department) if department else [],
    }  # fmt: skip
    return render_page(
        request, "desk/people/department.html", context, status=422 if form.is_bound else 200
    )


def _members(department: Department) -> list[Membership]:
    rows = department.memberships.select_related("person").filter(person__is_active=True)
    return list(rows.order_by("-is_head", "person__name"))


def _save(department: Department | None, values: dict[str, Any], request: DeskRequest) -> None:
    if department is None:
        actions.create_department(by=request.user, **values)
        return
    with transaction.atomic():
        actions.rename_department(department, by=request.user, name=values["name"])
        actions.move_department(department, by=request.user, parent=values["parent"])


@administrator
@require_POST
def switch(request: DeskRequest, number: int, what: str) -> HttpResponse:
    """Close it, open it again, or delete it."""
    verbs = {
        "close": (leaving.department_closes, _("%(name)s takes no more tickets.")),
        "open": (actions.reopen_department, _("%(name)s takes tickets again.")),
        "delete": (actions.delete_department, _("%(name)s is deleted.")),
    }
    department = _department(number)
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
