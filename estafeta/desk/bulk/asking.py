"""The dialog of a verb for many tickets: what it would come to, what it asks, and doing it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from estafeta.desk.bulk.forms import form_for
from estafeta.desk.bulk.report import after
from estafeta.desk.bulk.selection import Selection
from estafeta.desk.bulk.two_forms import OneForMany
from estafeta.desk.page import DeskRequest, is_fragment, render_page, signed_in
from estafeta.desk.tickets.offer import GROUPS, WRITTEN
from estafeta.desk.tickets.verb_form import VerbForm
from estafeta.tickets.bulk import foresight, runs
from estafeta.tickets.bulk.foresight import Foresight
from estafeta.tickets.bulk.verbs import BULK, INVERSES
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Ticket
from estafeta.tickets.verbs import Verb


@dataclass
class Asked:
    """What the template shows."""

    verb: Verb
    selection: Selection
    foresight: Foresight
    form: VerbForm | None
    problem: str = ""
    is_reversible: bool = field(init=False)
    is_long: bool = field(init=False)
    is_about_one_more: bool = field(init=False)

    def __post_init__(self) -> None:
        self.is_reversible = self.verb in INVERSES
        self.is_about_one_more = isinstance(self.form, OneForMany)
        self.is_long = len(self.foresight.able) > runs.AT_ONCE

    @property
    def able_text(self) -> str:
        """The numbers for a hidden field."""
        return ",".join(map(str, self.foresight.able))


@require_POST
@signed_in
def bulk_verb(request: DeskRequest, verb_name: str) -> HttpResponse:
    """Ask, or with `do` act, on the chosen tickets."""
    if verb_name not in BULK:
        raise Http404
    verb = Verb(verb_name)
    selection = Selection.of(request)
    found = foresight.foresee(verb, selection.numbers, by=request.user)
    if not selection.numbers:
        asked = Asked(verb, selection, found, None, _("Choose at least one ticket."))
        return _show(request, asked, 422)
    if request.POST.get("do"):
        return _act(request, verb, selection, found)
    form = (
        form_for(verb, found.first, request.user, chosen=selection.numbers) if found.first else None
    )
    return _show(request, Asked(verb, selection, found, form))


@require_POST
@signed_in
def offer(request: DeskRequest) -> HttpResponse:
    """The verbs that can be done to some of the chosen tickets, for the menu."""
    selection = Selection.of(request)
    possible = foresight.possible(selection.numbers, by=request.user)
    groups = {
        name: [(verb, possible[verb]) for verb in verbs if verb in BULK and verb in possible]
        for name, verbs in {**GROUPS, "words": sorted(WRITTEN, reverse=True)}.items()
    }
    context = {"groups": groups, "all": len(selection.numbers)}
    return render(request, "desk/bulk/offer.html", context)


def _act(request: DeskRequest, verb: Verb, selection: Selection, found: Foresight) -> HttpResponse:
    ticket = found.first or _any(request, selection)
    form = form_for(verb, ticket, request.user, request.POST, chosen=selection.numbers)
    asked = Asked(verb, selection, found, form)
    if not form.is_valid():
        return _show(request, asked, 422)
    try:
        run = runs.begin(
            verb, selection.numbers, by=request.user, keywords=form.arguments(),
            as_of=selection.as_of,
        )  # fmt: skip
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _show(request, asked, 422)
    return after(request, run)


def _any(request: DeskRequest, selection: Selection) -> Ticket:
    """Where none can be acted on any more the run says so of each; the form needs one to be read."""
    found = Ticket.objects.visible_to(request.user).filter(pk__in=selection.numbers[:100]).first()
    if found is None:
        raise Http404
    return found


def _show(request: DeskRequest, asked: Asked, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"asked": asked}
    if not is_fragment(request):
        return render_page(request, "desk/bulk/ask_page.html", context, status=status)
    response = render(request, "desk/bulk/ask.html", context, status=status)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#dialog", "innerHTML"
    return response
