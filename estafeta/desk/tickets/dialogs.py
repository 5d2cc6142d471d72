"""The dialog of a verb: what it asks, and what becomes of the answer.

Nothing typed is lost: whatever stands in the way, the form comes back as it was sent, with the
reason beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from estafeta.desk.files.drafts import take_uploads
from estafeta.desk.page import DeskRequest, is_fragment, render_page
from estafeta.desk.tickets import answers, conversation, queued
from estafeta.desk.tickets.access import with_ticket
from estafeta.desk.tickets.chain import Chain
from estafeta.desk.tickets.fields import DepartmentField, PeopleField
from estafeta.desk.tickets.forms import FORMS
from estafeta.desk.tickets.meanwhile import Change
from estafeta.desk.tickets.offer import AT_ONCE
from estafeta.desk.tickets.sending import fresh_key, key_of, seen_of
from estafeta.desk.tickets.verb_form import Nothing, VerbForm
from estafeta.tickets.actions.action import ACTIONS
from estafeta.tickets.errors import Changed, Gone, Invalid, NotAllowed, NotNow
from estafeta.tickets.models import Ticket
from estafeta.tickets.permissions import Relation, require
from estafeta.tickets.statuses import ALLOWED, Status
from estafeta.tickets.submissions import KeyReused
from estafeta.tickets.verbs import Verb


@dataclass
class Dialog:
    """What the template shows. `problem` stands above the fields, `changes` say what happened."""

    ticket: Ticket
    verb: Verb
    form: VerbForm
    seen: int
    key: str = field(default_factory=fresh_key)
    problem: str = ""
    changes: list[Change] = field(default_factory=list)
    is_over: bool = False
    chain: Chain | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@with_ticket
def verb_view(request: DeskRequest, ticket: Ticket, verb: Verb) -> HttpResponse:
    """GET shows what the verb asks, POST does it."""
    if verb not in FORMS:
        return conversation.write(request, ticket, verb)
    if request.method == "POST":
        return _act(request, ticket, verb)
    form = FORMS[verb].asking(request.GET, ticket=ticket, by=request.user)
    dialog = Dialog(ticket, verb, form, ticket.journal_length)
    try:
        require(verb, Relation.between(request.user, ticket))
        if verb not in ALLOWED[Status(ticket.status)]:
            raise NotNow(verb, ticket)
    except (NotAllowed, NotNow) as refused:
        dialog.problem, dialog.is_over = str(refused), True
        dialog.form = Nothing(ticket=ticket, by=request.user)
        return _show(request, dialog, 403 if isinstance(refused, NotAllowed) else 409)
    if form.refusal:
        dialog.problem, dialog.is_over = form.refusal, True
        dialog.form = Nothing(ticket=ticket, by=request.user)
        return _show(request, dialog, 409)
    return _show(request, dialog)


def _act(request: DeskRequest, ticket: Ticket, verb: Verb) -> HttpResponse:
    refused_files = take_uploads(request, by=request.user)
    form = FORMS[verb](request.POST, ticket=ticket, by=request.user)
    seen = seen_of(request)
    dialog = Dialog(ticket, verb, form, ticket.journal_length if seen is None else seen)
    if refused_files and "files" in form.fields:
        form.add_error("files", refused_files)
    if not form.is_valid():
        return _again(request, dialog, 422)
    once = f"{verb}-{ticket.pk}-{seen}" if verb in AT_ONCE and seen is not None else ""
    try:
        ACTIONS[verb](
            ticket.as_seen_at(seen).sent_as(key_of(request, otherwise=once)),
            by=request.user, **form.arguments(),
        )  # fmt: skip
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _show(request, dialog, 422)
    except Changed as refused:
        dialog.changes = [Change.of(entry) for entry in refused.entries]
        dialog.seen = refused.ticket.journal_length
        return _show(request, dialog, 409)
    except KeyReused:
        dialog.problem = _("This was sent already, and you have changed it since. Look at the "
                           "ticket, and send it again if it is still needed.")  # fmt: skip
        return _again(request, dialog, 409)
    except NotNow as refused:
        dialog.problem, dialog.is_over = str(refused), True
        return _show(request, dialog, 409)
    except Gone as refused:
        raise Http404 from refused
    except NotAllowed as refused:
        return _not_allowed(request, dialog, refused)
    return answers.after(request, ticket, verb)


def _again(request: DeskRequest, dialog: Dialog, status: int) -> HttpResponse:
    """The form as it was sent, where the verb itself has not asked yet who sends it."""
    try:
        require(dialog.verb, Relation.between(request.user, dialog.ticket))
    except NotAllowed as refused:
        return _not_allowed(request, dialog, refused)
    return _show(request, dialog, status)


def _not_allowed(request: DeskRequest, dialog: Dialog, refused: NotAllowed) -> HttpResponse:
    """What was typed comes back, but no names: not everybody may know who works here."""
    dialog.problem, dialog.is_over = str(refused), True
    dialog.form.consequence = ""
    for name, asked in list(dialog.form.fields.items()):
        if isinstance(asked, PeopleField | DepartmentField) or name == "people":
            del dialog.form.fields[name]
    return _show(request, dialog, 403)


def _show(request: DeskRequest, dialog: Dialog, status: int = 200) -> HttpResponse:
    if queued.is_queued(request):
        return queued.refused(
            status, dialog.problem, errors=dialog.form.errors, changes=dialog.changes,
            seen=dialog.seen,
        )  # fmt: skip
    if dialog.verb is Verb.HAND_OVER:
        dialog.chain = Chain.of(dialog.ticket)
    context: dict[str, Any] = {"dialog": dialog}
    if not is_fragment(request):
        return render_page(request, "desk/tickets/verb.html", context, status=status)
    response = render(request, "desk/tickets/dialog.html", context, status=status)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#dialog", "innerHTML"
    if status == 403:
        # A refused request is not swapped in, so that the dialog keeps what was typed.
        answers.events(response, toast={"text": dialog.problem, "tone": "error"})
    return response
