"""Administration: which departments receive people who ask for an operator, when, with which words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Department
from estafeta.chat.models import Reception
from estafeta.chat.operators import receptions
from estafeta.desk.page import DeskRequest, render_page, signed_in
from estafeta.desk.people.access import administrator
from estafeta.desk.people.tabs import tabs
from estafeta.lib.ids import bounded

WEEK = [
    ("1", gettext_lazy("Mon")), ("2", gettext_lazy("Tue")), ("3", gettext_lazy("Wed")),
    ("4", gettext_lazy("Thu")), ("5", gettext_lazy("Fri")), ("6", gettext_lazy("Sat")),
    ("7", gettext_lazy("Sun")),
]  # fmt: skip


class ReceptionForm(forms.ModelForm):  # type: ignore[type-arg]
    """Only reads; `chat.operators.receptions` judges."""

    days = forms.MultipleChoiceField(label=gettext_lazy("Days"), choices=WEEK, required=False)

    class Meta:
        model = Reception
        labels = {
            "opens_at": gettext_lazy("Open from what time"),
            "closes_at": gettext_lazy("Open until what time"),
        }
        fields = receptions.FIELDS
        help_texts = {
            "is_open": gettext_lazy("Everybody who belongs to the department is told of them."),
            "about": gettext_lazy("Clients read it where they choose whom to ask."),
            "opens_at": gettext_lazy("By the clock of the organisation. Both empty: round the clock."),
            "greeting": gettext_lazy("Clients read it while they wait."),
            "closed_words": gettext_lazy("Clients read it outside the hours, and when nobody is here."),
            "return_minutes": gettext_lazy("0: never."),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The action checks the whole."""
        self.cleaned_data["days"] = "".join(self.cleaned_data.get("days", []))
        return self.cleaned_data

    def _post_clean(self) -> None:
        """The action fills and checks the row."""


@administrator
@require_safe
def overview(request: DeskRequest) -> HttpResponse:
    """All departments, and whether each receives."""
    rows = {row.department_id: row for row in Reception.objects.all()}
    departments = [
        {"row": row, "depth": min(row.depth, 4), "reception": rows.get(row.pk)}
        for row in Department.objects.active().in_tree_order()
    ]
    context = {"tabs": tabs("manage_receptions"), "departments": departments}
    return render_page(request, "desk/chat/asking/receptions.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def of_department(request: DeskRequest, number: int) -> HttpResponse:
    """For its heads, those above them, and administrators."""
    department = Department.objects.filter(pk=bounded(number)).first()
    if department is None or not receptions.may_change(department, by=request.user):
        raise Http404
    row = receptions.of_department(department)
    sent = request.POST if request.method == "POST" else None
    start = {"days": list(row.days), "opens_at": _clock(row, "opens_at"),
             "closes_at": _clock(row, "closes_at")}  # fmt: skip
    form = ReceptionForm(sent, instance=row, initial=start)
    if form.is_bound and form.is_valid():
        try:
            receptions.change(department, by=request.user, **form.cleaned_data)
        except Invalid as wrong:
            wrong.put_into(form)
        else:
            messages.success(request, _("The reception is saved."))
            return HttpResponseRedirect(request.path)
    context = {"department": department, "form": form, "week": WEEK}
    status = 422 if form.is_bound else 200
    return render_page(request, "desk/chat/asking/reception.html", context, status=status)


def _clock(row: Reception, name: str) -> str:
    value = getattr(row, name)
    return value.strftime("%H:%M") if value else ""
