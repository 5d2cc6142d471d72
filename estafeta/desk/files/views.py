"""Files come in and go out. Who may have one is asked of the rule of sight, for every request anew."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from estafeta.desk.files import drawn
from estafeta.desk.files.drafts import Chosen
from estafeta.desk.files.shown import cards_of
from estafeta.desk.limits import Limited, limited
from estafeta.desk.page import DeskRequest, is_fragment, render_page, signed_in
from estafeta.desk.tickets.access import with_ticket
from estafeta.files import answers as file_answers
from estafeta.lib.ids import bounded
from estafeta.tickets.errors import Refused
from estafeta.tickets.files.attachments import discard
from estafeta.tickets.files.uploading import CannotCheck, keep_draft
from estafeta.tickets.models import Attachment, Ticket

MOST_LISTED = 500


@require_POST
@signed_in
@limited(Limited.UPLOAD)
def upload(request: DeskRequest) -> HttpResponse:
    """One file (`file`, and its `name`) becomes a draft; answers JSON."""
    file = request.FILES.get("file")
    if file is None:
        return _no(_("Choose a file first."), 422)
    name = request.POST.get("name", "") or file.name or ""
    try:
        row = keep_draft(file, name, by=request.user)
    except CannotCheck as refused:
        return _no(str(refused), 503)
    except Refused as refused:
        return _no(str(refused), 422)
    return JsonResponse(Chosen.of(row).as_json(), status=201)


@require_POST
@signed_in
def drop(request: DeskRequest, file: int) -> HttpResponse:
    """Throw a draft of one's own away."""
    row = Attachment.objects.drafts_of(request.user).filter(pk=bounded(file)).first()
    if row is None:
        raise Http404
    discard(row)
    return HttpResponse(status=204)


@require_safe
@signed_in
def original(request: DeskRequest, file: int, name: str) -> HttpResponse:
    """The file as it was brought; the name in the address is for people only."""
    return file_answers.original(_found(request, file), download="download" in request.GET)


@require_safe
@signed_in
def picture(request: DeskRequest, file: int, size: str) -> HttpResponse:
    """Made here: the small one of a list, the large one of the viewer."""
    return drawn.picture(_found(request, file), size)


@require_safe
@signed_in
@limited(Limited.PREVIEW)
def paper(request: DeskRequest, file: int, page: int) -> HttpResponse:
    """A page of a PDF as a picture."""
    return drawn.paper(_found(request, file), page)


@require_safe
@with_ticket
def files_of_ticket(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """Everything that lies under a ticket, the newest first."""
    rows = ticket.attachments.readable_by(request.user).there().select_related("owner")
    found = list(rows.order_by("-pk")[:MOST_LISTED])
    context = {"ticket": ticket, "files": cards_of(found, request.user)}
    if is_fragment(request):
        return render(request, "desk/files/dialog.html", context)
    return render_page(request, "desk/files/page.html", context)


def _found(request: DeskRequest, pk: int) -> Attachment:
    row = Attachment.objects.open_to(request.user).filter(pk=bounded(pk)).first()
    if row is None or not row.blob:
        raise Http404
    return row


def _no(words: str, status: int) -> HttpResponse:
    return JsonResponse({"error": words}, status=HTTPStatus(status))
