"""The ticket page, its story as a fragment, the print view, the check of its journal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from estafeta.desk.kept import kept
from estafeta.desk.page import DeskRequest, is_fragment, render_page
from estafeta.desk.tickets import story, view
from estafeta.desk.tickets.access import find, with_ticket
from estafeta.desk.tickets.composing import Composer, answered
from estafeta.desk.tickets.reading import read_up
from estafeta.desk.tickets.sending import a_number
from estafeta.tickets.models import Ticket
from estafeta.tickets.proof.verify import check_chain


@require_safe
@with_ticket
@kept
def ticket_page(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """Everything about one ticket; opening it reads it. A merged one leads to where it goes on."""
    goes_on = ticket.merged_into_id
    if goes_on and find(request.user, goes_on) is not None:
        address = reverse("ticket", args=[goes_on])
        return HttpResponseRedirect(f"{address}#merged-{ticket.pk}")
    composer = Composer.empty(request.GET.get("write"))
    if number := a_number(request.GET.get("answers")):
        composer = replace(composer, answers=answered(ticket, number, by=request.user))
    return show_page(request, ticket, composer)


def show_page(
    request: DeskRequest, ticket: Ticket, composer: Composer, *, status: int = 200
) -> HttpResponse:
    """The page, with something in the box under the story."""
    look = read_up(ticket, request.user)
    told = story.read(ticket, request.user, show=_show(request), read_to=look.read_to)
    made = view.make(ticket, request.user, told)
    requester = made.side.requester
    composer = replace(
        composer,
        client=requester.person if requester and requester.has_card else None,
        has_draft=look.has_draft and not composer.value,
    )
    context = {"view": made, "composer": composer}
    return render_page(request, "desk/tickets/page.html", context, status=status)


@require_safe
@with_ticket
def story_fragment(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """The story anew, with what stands around it; or an earlier stretch (`before`)."""
    if not is_fragment(request):
        return show_page(request, ticket, Composer.empty())
    before = a_number(request.GET.get("before"))
    if before:
        told = story.read(ticket, request.user, show=_show(request), before=before)
        context: dict[str, Any] = {"ticket": ticket, "story": told, "reader": request.user}
        context["inside"] = request.GET.get("inside") == "1"
        return render(request, "desk/tickets/earlier.html", context)
    since = a_number(request.GET.get("since")) or 0
    told = story.read(ticket, request.user, show=_show(request), since=since)
    if request.GET.get("hidden") != "1":
        read_up(ticket, request.user)
    context = {"view": view.make(ticket, request.user, told), "fragment": True}
    return render(request, "desk/tickets/regions.html", context)


@require_safe
@with_ticket
def print_page(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """For paper: what the reader may see of it, and the journal."""
    told = story.read(ticket, request.user, show=story.Show.ALL, since=1)
    context = {"view": view.make(ticket, request.user, told)}
    return render_page(request, "desk/tickets/print.html", context)


@require_safe
@with_ticket
def journal_check(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """Checks the whole chain of this ticket now and says what was found."""
    context = {"ticket": ticket, "faults": check_chain(ticket)}
    if is_fragment(request):
        return render(request, "desk/tickets/check_dialog.html", context)
    return render_page(request, "desk/tickets/check_page.html", context)


def _show(request: DeskRequest) -> story.Show:
    return story.Show.named(request.GET.get("show"))
