"""Writing a new ticket."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from estafeta.accounts import errors as account_errors
from estafeta.accounts.actions.people import create_client
from estafeta.accounts.models import Person
from estafeta.accounts.permissions import may_add_clients
from estafeta.desk.files.drafts import take_uploads
from estafeta.desk.kept import kept
from estafeta.desk.page import DeskRequest, render_page, signed_in
from estafeta.desk.tickets import client_cards, queued
from estafeta.desk.tickets.new_form import ME, OTHER, NewTicketForm, StaffTicketForm, form_for
from estafeta.desk.tickets.sending import a_number, fresh_key, key_of
from estafeta.desk.tickets.topics import defaults
from estafeta.tickets.actions import open_ticket
from estafeta.tickets.errors import Invalid, Refused
from estafeta.tickets.models import Entry, Priority
from estafeta.tickets.submissions import KeyReused, known

CARD_FIELDS = {"name": "requester_new", "phone": "client_phone", "room": "client_room",
               "email": "client_email", "organisation": "client_organisation"}  # fmt: skip
PREFILLED = ("title", "text", "department", "topic", "requester")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@kept
def new_ticket(request: DeskRequest) -> HttpResponse:
    """GET shows the form, `?title=&department=` fill it in; POST opens the ticket."""
    if request.method == "POST":
        return _open(request)
    given: dict[str, Any] = {
        name: request.GET[name][:1000] for name in PREFILLED if request.GET.get(name)
    }
    start = {"whose": OTHER if "requester" in given else ME, "priority": Priority.NORMAL}
    return _show(request, form_for(request.user)(by=request.user, initial=start | given))


def show_filled(request: DeskRequest, start: dict[str, Any]) -> HttpResponse:
    """The form with what another page knows already."""
    # A draft of its own: an older one must not be put over what was just said.
    form = form_for(request.user)(by=request.user, initial=start)
    return _show(request, form, draft=f"new-ticket-{fresh_key()}")


def _open(request: DeskRequest) -> HttpResponse:
    refused_files = take_uploads(request, by=request.user)
    form = form_for(request.user)(request.POST, by=request.user)
    if refused_files:
        form.add_error("files", refused_files)
    if not form.is_valid():
        return _show(request, form, status=422)
    card = form.new_client() if isinstance(form, StaffTicketForm) else None
    arguments = form.arguments()
    if card is not None:
        said = request.POST.get("client_is", "")
        candidates = [] if said == "new" else client_cards.alike(card)
        chosen = next((who for who in candidates if who.pk == a_number(said)), None)
        if candidates and chosen is None:
            return _show(request, form, candidates=candidates, status=409)
        if chosen is not None:
            arguments["requester"], card = chosen, None
    try:
        entry = _write(request, card, arguments)
    except account_errors.Refused as refused:
        _put_card_errors(form, refused)
        return _show(request, form, status=422)
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _show(request, form, status=422)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _show(request, form, status=403)
    except KeyReused:
        form.add_error(None, _("This form was sent already, and you have changed it since. "
                               "Send it again if you want a second ticket."))  # fmt: skip
        return _show(request, form, status=409)
    words = _("Ticket %(number)s is on its way.") % {"number": entry.ticket.written}
    if queued.is_queued(request):
        path = reverse("ticket", args=[entry.ticket_id])
        return queued.done(request, entry.ticket_id, words, path=path)
    again = _("One more")
    messages.success(request, words, extra_tags=f"{reverse('new_ticket')} {again}")
    return HttpResponseRedirect(reverse("ticket", args=[entry.ticket_id]), status=303)


def _write(request: DeskRequest, card: dict[str, Any] | None, arguments: dict[str, Any]) -> Entry:
    """Card and ticket together or neither; the same form twice makes each once."""
    by, submission = request.user, key_of(request)
    if card is None:
        return open_ticket(by=by, submission=submission, **arguments)
    with transaction.atomic():
        if submission and (before := known(by, submission)):
            return before
        client = create_client(by=by, **card)
        entry = open_ticket(by=by, submission=submission, **arguments | {"requester": client})
        if entry.ticket.requester_id != client.pk:
            # The same form arrived twice at once and the other one was faster: its client stays.
            transaction.set_rollback(True)
    return entry


def _put_card_errors(form: NewTicketForm, refused: account_errors.Refused) -> None:
    if not isinstance(refused, account_errors.Invalid):
        form.add_error("requester", str(refused))
        return
    for name, found in refused.errors.items():
        form.add_error(CARD_FIELDS.get(name), found)


def _show(
    request: DeskRequest,
    form: NewTicketForm,
    *,
    candidates: list[Person] | None = None,
    draft: str = "new-ticket",
    status: int = 200,
) -> HttpResponse:
    if queued.is_queued(request):
        return queued.refused(status, errors=form.errors)
    context = {
        "form": form,
        "key": fresh_key()
        if status in (200, 409) and not candidates
        else request.POST.get("key", ""),
        "is_staff": request.user.is_agent,
        "may_add_clients": may_add_clients(request.user),
        "candidates": candidates or [],
        "topics": defaults(request.user),
        "quick_key": fresh_key(),
        "draft": draft,
    }
    return render_page(request, "desk/tickets/new.html", context, status=status)
