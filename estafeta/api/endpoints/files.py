"""Files: bring one, then name its id in a verb; list and fetch those of tickets."""

from __future__ import annotations

from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile
from pydantic import StringConstraints

from estafeta.api.cursors import page_of
from estafeta.api.lookups import the_person, ticket_or_404
from estafeta.api.paging import After, Limit, Number, linked
from estafeta.api.schemas.files import FileOut, Files
from estafeta.files import answers as file_answers
from estafeta.tickets.files.attachments import discard
from estafeta.tickets.files.uploading import keep_draft
from estafeta.tickets.models import Attachment

router = Router(tags=["Files"])
of_tickets = Router(tags=["Files"])

FileName = Annotated[
    Annotated[str, StringConstraints(max_length=1000)] | None,
    Form(None, description="Where the name in the form cannot say it"),
]
BYTES = {
    "responses": {
        200: {
            "description": "The file",
            "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


@router.post("", response={201: FileOut}, operation_id="upload", summary="Bring a file")
def upload(request: HttpRequest, file: File[UploadedFile], name: FileName = None) -> FileOut:
    """It is a draft of yours until a verb takes it: `files` of open, reply, note, attach.

    Sent as `multipart/form-data`. Drafts that nobody sends are forgotten after two weeks.
    """
    return FileOut.of(keep_draft(file, name or file.name or "", by=the_person(request)))


@router.get("/{int:number}", response=FileOut, operation_id="file", summary="About a file")
def about(request: HttpRequest, number: Number) -> FileOut:
    """Your draft, or a file of a ticket that you see."""
    return FileOut.of(_found(request, number))


@router.get(
    "/{int:number}/content", operation_id="content", summary="The file itself", openapi_extra=BYTES
)
def content(request: HttpRequest, number: Number) -> HttpResponse:
    """Its bytes; `Range` is answered."""
    return file_answers.original(_found(request, number), download=True)


@router.post(
    "/{int:number}/discard",
    response={204: None},
    operation_id="discard",
    summary="Throw a draft away",
)
def discard_draft(request: HttpRequest, number: Number) -> None:
    """Only a draft; a file of a ticket is removed by the verb `remove_file`."""
    row = Attachment.objects.drafts_of(the_person(request)).filter(pk=number).first()
    if row is None:
        raise Http404
    discard(row)


@of_tickets.get(
    "/{int:number}/files", response=Files, operation_id="files", summary="Files of a ticket"
)
def files(request: HttpRequest, number: Number, after: After = None, limit: Limit = 50) -> Files:
    """All that is there, with the replies and by themselves."""
    ticket = ticket_or_404(request, number)
    rows = ticket.attachments.readable_by(the_person(request)).there().select_related("owner")
    found, following = page_of(rows, after, limit)
    return linked(request, Files(files=[FileOut.of(row) for row in found], next=following))


def _found(request: HttpRequest, number: int) -> Attachment:
    rows = Attachment.objects.open_to(the_person(request)).select_related("owner")
    row = rows.filter(pk=number).exclude(blob="").first()
    if row is None:
        raise Http404
    return row
