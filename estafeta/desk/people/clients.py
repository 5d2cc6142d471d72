"""The directory of clients, for staff: look up, see their tickets, keep their cards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from estafeta.accounts.actions import people
from estafeta.accounts.actions.people import CARD
from estafeta.accounts.lookalikes import lookalikes
from estafeta.accounts.models import Organisation, Person
from estafeta.accounts.permissions import may_add_clients, may_change_email, may_edit_card
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import agent
from estafeta.desk.people.forms import offered_positions, saved
from estafeta.desk.people.people import page_of
from estafeta.lib.ids import bounded
from estafeta.tickets.models import Ticket

ROWS = 50
LATEST = 20
_get_and_post = require_http_methods(["GET", "HEAD", "POST"])


class ClientForm(forms.ModelForm):  # type: ignore[type-arg]
    """The card of a client."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.filter(is_active=True), required=False,
        label=gettext_lazy("Organisation"), empty_label=gettext_lazy("None"),
    )  # fmt: skip

    class Meta:
        model = Person
        fields = CARD

    def positions(self) -> list[str]:
        """What is offered for the position."""
        return offered_positions()

    def clean(self) -> dict[str, Any]:
        """The action checks the whole."""
        return self.cleaned_data


@agent
@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """Search over active clients."""
    text = request.GET.get("q", "")[:200]
    rows = Person.objects.active().clients().find(text).select_related("organisation")
    context = {
        "text": text, "may_add": may_add_clients(request.user), **page_of(rows, request, ROWS)
    }  # fmt: skip
    return render_page(request, "desk/people/clients.html", context)


def _client(number: int) -> Person:
    rows = Person.objects.active().clients().select_related("organisation")
    person = rows.filter(pk=bounded(number)).first()
    if person is None:
        raise Http404
    return person


@agent
@require_safe
def card(request: DeskRequest, number: int) -> HttpResponse:
    """One client and the latest of his tickets that the reader may see."""
    person = _client(number)
    tickets = Ticket.objects.visible_to(request.user).filter(requester=person)
    context = {
        "person": person, "may_edit": may_edit_card(request.user, person),
        "tickets": tickets.with_people().order_by("-pk")[:LATEST], "latest": LATEST,
        "count": tickets.count(),
    }  # fmt: skip
    return render_page(request, "desk/people/client.html", context)


@agent
@_get_and_post
def new(request: DeskRequest) -> HttpResponse:
    """Add a client; people who look the same are shown first."""
    if not may_add_clients(request.user):
        raise Http404
    return _form(request, None)


@agent
@_get_and_post
def edit(request: DeskRequest, number: int) -> HttpResponse:
    """Change the card."""
    person = _client(number)
    if not may_edit_card(request.user, person):
        raise Http404
    return _form(request, person)


def _form(request: DeskRequest, person: Person | None) -> HttpResponse:
    row = _client(person.pk) if person else Person()
    form = ClientForm(request.POST if request.method == "POST" else None, instance=row)
    form.fields["email"].disabled = person is not None and not may_change_email(
        request.user, person
    )
    made: list[Person] = []

    def save(values: dict[str, Any]) -> None:
        if person is None:
            made.append(people.create_client(by=request.user, **values))
        else:
            people.edit_card(person, by=request.user, **values)
            made.append(person)

    same = _same(form, request) if person is None and form.is_bound and form.is_valid() else []
    if form.is_bound and not same and saved(form, save):
        messages.success(request, _("%(name)s is saved.") % {"name": made[0].name})
        return HttpResponseRedirect(reverse("client", args=[made[0].pk]))
    context = {"form": form, "person": person, "same": same}
    return render_page(
        request, "desk/people/client_form.html", context, status=422 if form.is_bound else 200
    )


def _same(form: ClientForm, request: DeskRequest) -> list[Person]:
    """Clients with the same e-mail or phone, unless the agent has seen them already."""
    if "another" in request.POST:
        return []
    return lookalikes(email=form.cleaned_data["email"], phone=form.cleaned_data["phone"])
