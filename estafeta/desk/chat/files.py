"""Files of talks come in and go out. Who may have one is asked of the rule of sight each time."""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from estafeta.chat import files as room_files
from estafeta.chat.errors import CannotCheck, Refused
from estafeta.chat.models import RoomFile
from estafeta.desk.files import drawn
from estafeta.desk.files.shown import Card, look_of
from estafeta.desk.files.words import size_of
from estafeta.desk.limits import Limited, limited
from estafeta.desk.page import DeskRequest, signed_in
from estafeta.files import answers, previews
from estafeta.lib.ids import bounded


def card(row: RoomFile) -> Card:
    """As a message draws it."""
    url = reverse("chat_file", args=[row.pk, row.name])
    return Card(
        id=row.pk, name=row.name, size=size_of(row.size), url=url, download=f"{url}?download",
        look=look_of(row), thumb=_thumb(row), width=row.width, height=row.height,
        large=reverse("chat_file_picture", args=[row.pk, "large"]) if row.is_drawn else "",
        pages=min(row.pages, previews.MOST_PAGES),
        page_url=reverse("chat_file_page", args=[row.pk, 0]) if row.pages else "",
    )  # fmt: skip


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
        row = room_files.keep_draft(file, name, by=request.user)
    except CannotCheck as refused:
        return _no(str(refused), 503)
    except Refused as refused:
        return _no(str(refused), 422)
    told = {"id": row.pk, "name": row.name, "size": size_of(row.size), "thumb": _thumb(row)}
    return JsonResponse(told, status=201)


@require_POST
@signed_in
def drop(request: DeskRequest, file: int) -> HttpResponse:
    """Throw a draft of one's own away."""
    row = RoomFile.objects.drafts_of(request.user).filter(pk=bounded(file)).first()
    if row is None:
        raise Http404
    room_files.discard(row)
    return HttpResponse(status=204)


@require_safe
@signed_in
def original(request: DeskRequest, file: int, name: str) -> HttpResponse:
    """The file as it was brought; the name in the address is for people only."""
    return answers.original(_found(request, file), download="download" in request.GET)


@require_safe
@signed_in
def picture(request: DeskRequest, file: int, size: str) -> HttpResponse:
    """Made here: the small one of a message, the large one of the viewer."""
    return drawn.picture(_found(request, file), size)


@require_safe
@signed_in
@limited(Limited.PREVIEW)
def paper(request: DeskRequest, file: int, page: int) -> HttpResponse:
    """A page of a PDF as a picture."""
    return drawn.paper(_found(request, file), page)


def _found(request: DeskRequest, pk: int) -> RoomFile:
    row = RoomFile.objects.open_to(request.user).filter(pk=bounded(pk)).first()
    if row is None or not row.blob:
        raise Http404
    return row


def _thumb(row: RoomFile) -> str:
    return reverse("chat_file_picture", args=[row.pk, "small"]) if row.width else ""


def _no(words: str, status: int) -> HttpResponse:
    return JsonResponse({"error": words}, status=status)
