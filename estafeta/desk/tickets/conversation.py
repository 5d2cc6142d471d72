"""Writing a reply or a note from the box under the story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from estafeta.desk.files.drafts import FIELD, chosen, numbers, take_uploads
from estafeta.desk.page import DeskRequest, is_fragment
from estafeta.desk.tickets import queued
from estafeta.desk.tickets.answers import events, words_of
from estafeta.desk.tickets.composing import Composer, answered, client_of
from estafeta.desk.tickets.meanwhile import Change, changes_since
from estafeta.desk.tickets.offer import offer
from estafeta.desk.tickets.page import show_page
from estafeta.desk.tickets.sending import a_number, key_of, seen_of
from estafeta.tickets.actions.action import ACTIONS
from estafeta.tickets.conversation import drafts
from estafeta.tickets.errors import Invalid, Refused
from estafeta.tickets.models import Ticket
from estafeta.tickets.permissions import Relation
from estafeta.tickets.submissions import Key, KeyReused, is_sent
from estafeta.tickets.verbs import Verb


def write(request: DeskRequest, ticket: Ticket, verb: Verb) -> HttpResponse:
    """GET leads to the box on the ticket page, POST writes."""
    address = reverse("ticket", args=[ticket.pk])
    if request.method != "POST":
        return HttpResponseRedirect(f"{address}?write={verb}#composer")
    verb = _chosen(request, verb)
    refused_files = take_uploads(request, by=request.user)
    text = request.POST.get("text", "")
    answers = a_number(request.POST.get("answers"))
    if refused_files:
        return _again(request, ticket, verb, text, refused_files, 422)
    key = key_of(request)
    if changes := _unseen(request, ticket, key):
        return _again(request, ticket, verb, text, [], 409, changes)
    try:
        ACTIONS[verb](
            ticket.sent_as(key), by=request.user, text=text, answers=answers,
            files=numbers(request.POST.getlist(FIELD)),
        )  # fmt: skip
        drafts.forget(ticket, by=request.user)
    except Invalid as refused:
        return _again(request, ticket, verb, text, [str(refused)], 422)
    except KeyReused:
        words = _(
            "This was sent already, and you have changed it since. Send it again if you mean it."
        )
        return _again(request, ticket, verb, text, [words], 409)
    except Refused as refused:
        return _again(request, ticket, verb, text, [str(refused)], 409)
    if queued.is_queued(request):
        return queued.done(request, ticket.pk, words_of(verb, ticket))
    if not is_fragment(request):
        return HttpResponseRedirect(f"{address}?write={verb}#composer", status=303)
    response = _box(request, ticket, Composer.empty(verb))
    toast = {"text": words_of(verb, ticket), "tone": "success"}
    return events(response, toast=toast, live__ticket={"number": ticket.pk})


def _unseen(request: DeskRequest, ticket: Ticket, key: Key | None) -> list[Change]:
    """What others did that the writer was not shown; nothing where this was sent before."""
    if key and is_sent(request.user, key.key):
        return []
    return changes_since(ticket, seen_of(request), request.user)


def _chosen(request: DeskRequest, verb: Verb) -> Verb:
    """Without JavaScript the choice of reply or note cannot change the address; it is what counts."""
    kind = request.POST.get("kind", "")
    return Verb(kind) if kind in (Verb.REPLY, Verb.NOTE) else verb


def _again(
    request: DeskRequest,
    ticket: Ticket,
    verb: Verb,
    text: str,
    errors: list[str],
    status: int,
    changes: Sequence[Change] = (),
) -> HttpResponse:
    if queued.is_queued(request):
        length = ticket.journal_length
        return queued.refused(status, " ".join(errors), changes=list(changes), seen=length)
    number = a_number(request.POST.get("answers"))
    about = answered(ticket, number, by=request.user)
    files = chosen(request.POST.getlist(FIELD), owner=request.user)
    composer = Composer(
        kind=verb, value=text, errors=errors, answers=about, files=files, changes=list(changes)
    )
    if is_fragment(request):
        return _box(request, ticket, composer, status=status)
    return show_page(request, ticket, composer, status=status)


def _box(
    request: DeskRequest, ticket: Ticket, composer: Composer, *, status: int = 200
) -> HttpResponse:
    context = {
        "ticket": ticket,
        "offer": offer(Relation.between(request.user, ticket)),
        "composer": replace(composer, client=client_of(ticket, by=request.user)),
    }
    return render(request, "desk/tickets/composer.html", context, status=status)
