"""Answer templates: those of mine, those of my departments, those of all staff."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from estafeta.desk.answers.form import TemplateForm, label_of
from estafeta.desk.page import DeskRequest, render_page, signed_in
from estafeta.lib.ids import bounded
from estafeta.tickets.conversation import answer_templates
from estafeta.tickets.conversation.answer_templates import Place, may_change
from estafeta.tickets.conversation.placeholders import PLACEHOLDERS
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import AnswerTemplate

_get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Line:
    """One of the list."""

    template: AnswerTemplate
    place: str
    may_change: bool


@require_safe
@signed_in
def listing(request: DeskRequest) -> HttpResponse:
    """All that this person can use."""
    _staff_only(request)
    rows = answer_templates.known(request.user)
    lines = [
        Line(row, label_of(Place.of(row)), may_change(request.user, row)) for row in rows
    ]  # fmt: skip
    return render_page(request, "desk/answers/list.html", {"lines": lines})


@_get_and_post
@signed_in
def new(request: DeskRequest) -> HttpResponse:
    """Add one."""
    _staff_only(request)
    return _form(request, None)


@_get_and_post
@signed_in
def edit(request: DeskRequest, number: int) -> HttpResponse:
    """Change one."""
    return _form(request, _found(request, number))


@require_POST
@signed_in
def delete(request: DeskRequest, number: int) -> HttpResponse:
    """For good."""
    template = _found(request, number)
    answer_templates.delete(template, by=request.user)
    messages.success(request, _("%(name)s is deleted.") % {"name": template.title})
    return HttpResponseRedirect(reverse("answer_templates"))


def _staff_only(request: DeskRequest) -> None:
    if not (request.user.is_agent or request.user.is_administrator):
        raise Http404


def _found(request: DeskRequest, number: int) -> AnswerTemplate:
    """One that he may change; others are none of his business here."""
    row = AnswerTemplate.objects.filter(pk=bounded(number)).first()
    if row is None or not may_change(request.user, row):
        raise Http404
    return row


def _form(request: DeskRequest, template: AnswerTemplate | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = TemplateForm(data, by=request.user, template=template)
    if form.is_bound and form.is_valid():
        try:
            row = answer_templates.save(template, by=request.user, **form.arguments())
        except Invalid as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": row.title})
            return HttpResponseRedirect(reverse("answer_templates"))
    context = {"form": form, "template": template, "placeholders": PLACEHOLDERS}
    status = 422 if form.is_bound else 200
    return render_page(request, "desk/answers/form.html", context, status=status)
