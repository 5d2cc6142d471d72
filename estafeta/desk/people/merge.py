"""Administration: make one department part of another, and the protocol of what moved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from estafeta.accounts.models import Department, SecurityEntry
from estafeta.accounts.models.security_entry import Kind
from estafeta.desk.page import DeskRequest, is_fragment, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.forms import INDENT, saved
from estafeta.desk.people.lookups import department_or_404
from estafeta.desk.people.members import members_of
from estafeta.desk.people.tabs import tabs
from estafeta.tickets.models import Topic
from estafeta.tickets.upkeep import department_merge, leaving


class MergeForm(forms.Form):
    """Into which, and what becomes of its heads."""

    into = forms.ModelChoiceField(
        Department.objects.active(), label=gettext_lazy("Becomes part of"),
        error_messages={"required": gettext_lazy("Choose a department.")},
    )  # fmt: skip
    keep_heads = forms.BooleanField(
        label=gettext_lazy("Its heads become heads there"), required=False,
        help_text=gettext_lazy("Otherwise they become members. Heads see everything below them."),
    )  # fmt: skip


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: DeskRequest, number: int) -> HttpResponse:
    """What follows, in words; doing it; and afterwards what was moved."""
    department = department_or_404(number)
    if department.merged_into is not None:
        return _protocol(request, department)
    form = MergeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and saved(
        form, lambda values: department_merge.merge(department, by=request.user, **values)
    ):
        into = form.cleaned_data["into"]
        messages.success(
            request,
            _("%(name)s is now part of %(into)s.") % {"name": department.name, "into": into.name},
        )
        return HttpResponseRedirect(reverse("merge_department", args=[number]))
    below = Department.objects.below([department])
    possible = Department.objects.active().exclude(pk__in=below).in_tree_order()
    context = {
        "tabs": tabs("manage_departments"), "department": department, "form": form,
        "choices": [("", "—"), *((row.pk, INDENT * row.depth + row.name) for row in possible)],
        "members": members_of(department), "open": leaving.open_in(department),
        "tickets": department_merge.tickets_in(department).count(),
        "topics": list(Topic.objects.filter(department=department)),
        "inside": list(Department.objects.filter(parent=department)),
    }  # fmt: skip
    return render_page(
        request, "desk/people/merge.html", context, status=422 if form.is_bound else 200
    )


def _protocol(request: DeskRequest, department: Department) -> HttpResponse:
    entries = SecurityEntry.objects.filter(
        kind=Kind.DEPARTMENT_MERGED, facts__department=department.pk
    )
    entry = entries.first()
    moved: dict[str, Any] = entry.facts["moved"] if entry else {}
    left = department_merge.tickets_in(department).count()
    context = {
        "tabs": tabs("manage_departments"), "department": department, "entry": entry,
        "moved": moved, "left": left, "done": max(moved.get("tickets", 0) - left, 0),
    }  # fmt: skip
    if is_fragment(request):
        return render_page(request, "desk/people/merged_progress.html", context)
    return render_page(request, "desk/people/merged.html", context)
