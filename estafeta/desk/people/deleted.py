"""Administration: tickets that are deleted, and protocols of those that were removed for good.

Administrators see numbers and who did what here, never what a ticket says: that is for those whom the
rule of sight lets see it.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.tabs import tabs
from estafeta.lib.ids import LARGEST, bounded
from estafeta.tickets.actions import delete as delete_ticket
from estafeta.tickets.actions import restore as restore_ticket
from estafeta.tickets.errors import Invalid, Refused
from estafeta.tickets.models import Purge, Ticket
from estafeta.tickets.upkeep import purging
from estafeta.tickets.upkeep.deleted import deleted, told

ROWS = 100
_get_and_post = require_http_methods(["GET", "HEAD", "POST"])


class Numbered(forms.Form):
    """A ticket by its number, and why."""

    number = forms.IntegerField(
        label=gettext_lazy("Number of the ticket"), min_value=1, max_value=LARGEST
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"), required=False, widget=forms.Textarea, max_length=500
    )


@administrator
@_get_and_post
def listing(request: DeskRequest) -> HttpResponse:
    """What is deleted, with a form that deletes by the number."""
    form = Numbered(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _done(form, request, delete_ticket):
        words = _("Ticket %(number)s is deleted.") % {"number": form.cleaned_data["number"]}
        messages.success(request, words)
        return HttpResponseRedirect(reverse("deleted_tickets"), status=303)
    return _page(request, form, 422 if form.is_bound else 200)


@administrator
@_get_and_post
def one(request: DeskRequest, number: int) -> HttpResponse:
    """Restore a deleted ticket, or remove it for good."""
    ticket = _deleted_or_404(number)
    form = Numbered(request.POST if request.method == "POST" else None, initial={"number": ""})
    if request.method == "POST" and "restore" in request.POST:
        return _restore(request, ticket)
    if form.is_bound and form.is_valid():
        if form.cleaned_data["number"] != ticket.pk:
            form.add_error("number", _("Type the number of this ticket."))
        elif _done(form, request, purging.purge):
            messages.success(
                request, _("Ticket %(number)s is removed for good.") % {"number": number}
            )
            return HttpResponseRedirect(reverse("deleted_tickets"), status=303)
    context = {"tabs": tabs("deleted_tickets"), "form": form, "row": told([ticket])[0]}
    status = 422 if form.is_bound else 200
    return render_page(request, "desk/people/deleted_ticket.html", context, status=status)


def _restore(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    try:
        restore_ticket(ticket, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Ticket %(number)s is restored.") % {"number": ticket.pk})
    return HttpResponseRedirect(reverse("deleted_tickets"), status=303)


def _done(form: Numbered, request: DeskRequest, act: Any) -> bool:
    """Whether it was; what stands in the way is said beside the field."""
    ticket = Ticket.with_deleted.filter(pk=form.cleaned_data["number"]).first()
    if ticket is None:
        form.add_error("number", _("There is no such ticket."))
        return False
    try:
        act(ticket, by=request.user, reason=form.cleaned_data["reason"])
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return False
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _page(request: DeskRequest, form: Numbered, status: int) -> HttpResponse:
    tickets = list(deleted().order_by("-changed_at")[: ROWS + 1])
    context = {
        "tabs": tabs("deleted_tickets"),
        "form": form,
        "rows": told(tickets[:ROWS]),
        "has_more": len(tickets) > ROWS,
        "protocols": Purge.objects.select_related("by").defer("seals").order_by("-seq")[:ROWS],
    }
    return render_page(request, "desk/people/deleted.html", context, status=status)


def _deleted_or_404(number: int) -> Ticket:
    ticket = deleted().filter(pk=bounded(number)).first()
    if ticket is None:
        raise Http404
    return ticket
