"""Administration: organisations whose people are clients."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from estafeta.accounts.actions import organisations as actions
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Organisation
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.forms import saved
from estafeta.desk.people.people import page_of
from estafeta.desk.people.tabs import tabs
from estafeta.lib.ids import bounded

ROWS = 100
_get_and_post = require_http_methods(["GET", "HEAD", "POST"])


class OrganisationForm(forms.Form):
    """What is known of one."""

    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=200)
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=5000, widget=forms.Textarea,
        help_text=gettext_lazy("Contract, address: whatever those who administer should know."),
    )  # fmt: skip
    is_active = forms.BooleanField(
        label=gettext_lazy("In use"), required=False, initial=True,
        help_text=gettext_lazy("Otherwise it is no longer offered for people."),
    )  # fmt: skip


@administrator
@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """All of them, with how many people."""
    active = Count("people", filter=Q(people__is_active=True))
    rows = Organisation.objects.annotate(members=active).order_by("-is_active", "name")
    context = {"tabs": tabs("manage_organisations"), **page_of(rows, request, ROWS)}
    return render_page(request, "desk/people/organisations.html", context)


@administrator
@_get_and_post
def new(request: DeskRequest) -> HttpResponse:
    """Add one."""
    return _form(request, None)


@administrator
@_get_and_post
def edit(request: DeskRequest, number: int) -> HttpResponse:
    """Change one."""
    return _form(request, _organisation(number))


def _organisation(number: int) -> Organisation:
    organisation = Organisation.objects.filter(pk=bounded(number)).first()
    if organisation is None:
        raise Http404
    return organisation


def _form(request: DeskRequest, organisation: Organisation | None) -> HttpResponse:
    initial = {"is_active": True}
    if organisation is not None:
        initial = {name: getattr(organisation, name) for name in OrganisationForm.base_fields}
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial=initial)
    row = _organisation(organisation.pk) if organisation else None
    if form.is_bound and saved(
        form, lambda values: actions.save_organisation(row, by=request.user, **values)
    ):
        messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
        return HttpResponseRedirect(reverse("manage_organisations"))
    context = {
        "tabs": tabs("manage_organisations"), "form": form, "organisation": organisation,
        "people": organisation.people.filter(is_active=True)[:ROWS] if organisation else [],
    }  # fmt: skip
    return render_page(
        request, "desk/people/organisation.html", context, status=422 if form.is_bound else 200
    )


@administrator
@require_POST
def delete(request: DeskRequest, number: int) -> HttpResponse:
    """Remove one without people and history."""
    organisation = _organisation(number)
    try:
        actions.delete_organisation(organisation, by=request.user)
    except Invalid as wrong:
        messages.error(request, str(wrong))
        return HttpResponseRedirect(reverse("manage_organisation", args=[number]))
    messages.success(request, _("%(name)s is deleted.") % {"name": organisation.name})
    return HttpResponseRedirect(reverse("manage_organisations"))
