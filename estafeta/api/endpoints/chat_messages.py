"""What is said in talks: read, said, corrected, found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse
from ninja import File, Query, Router
from ninja.files import UploadedFile

from estafeta.api.cursors import MOST_ID, page_of
from estafeta.api.endpoints.chat_rooms import room_or_404
from estafeta.api.endpoints.files import BYTES, FileName
from estafeta.api.lookups import the_person
from estafeta.api.paging import After, Limit, Number, linked
from estafeta.api.schemas.chat import ChangeBody, MessageOut, Messages, RoomFileOut, SayBody
from estafeta.api.submitting import IdempotencyKey, submission_of
from estafeta.chat import actions, search
from estafeta.chat import files as room_files
from estafeta.chat.models import Message, RoomFile
from estafeta.files import answers as file_answers

router = Router(tags=["Chat"])
of_rooms = Router(tags=["Chat"])
LONGEST_QUESTION = 200
Since = Annotated[
    int | None,
    Query(None, ge=0, le=MOST_ID, description="Only later ones than this message, oldest first"),
]


def told(rows: Sequence[Message]) -> list[MessageOut]:
    """With their files; one query."""
    files: dict[int, list[RoomFile]] = defaultdict(list)
    for file in RoomFile.objects.there().filter(message__in=rows).order_by("pk"):
        files[file.message_id or 0].append(file)
    return [MessageOut.of(row, files[row.pk]) for row in rows]


@of_rooms.get("/{int:room}/messages", response=Messages, operation_id="chat_messages", summary="What was said")  # fmt: skip
def messages(
    request: HttpRequest, room: Number, since: Since = None, after: After = None, limit: Limit = 50
) -> Messages:
    """The newest first; with `since` what came after it. Reading here marks nothing as read."""
    rows = room_or_404(request, room).messages.select_related("author")
    if since is not None:
        rows = rows.filter(pk__gt=since)
    found, following = page_of(rows, after, limit, newest_first=since is None)
    return linked(request, Messages(messages=told(found), next=following))


@of_rooms.post("/{int:room}/messages", response={201: MessageOut}, operation_id="chat_say", summary="Say something")  # fmt: skip
def say(
    request: HttpRequest, room: Number, body: SayBody, idempotency_key: IdempotencyKey = None
) -> MessageOut:
    """Send an `Idempotency-Key` and the request can be repeated without saying it twice."""
    row = actions.write(
        room_or_404(request, room), body.text, by=the_person(request), files=body.files,
        answers=body.answers, submission=submission_of(request, idempotency_key),
    )  # fmt: skip
    return told([row])[0]


@router.post("/messages/{int:message}/edit", response=MessageOut, operation_id="chat_edit", summary="Correct what you said")  # fmt: skip
def edit(request: HttpRequest, message: Number, body: ChangeBody) -> MessageOut:
    """For some minutes; what it said before stays readable."""
    row = actions.edit(_message(request, message), body.text, by=the_person(request))
    return told([row])[0]


@router.post("/messages/{int:message}/take_back", response=MessageOut, operation_id="chat_take_back", summary="Take back what you said")  # fmt: skip
def take_back(request: HttpRequest, message: Number) -> MessageOut:
    """Everybody sees that something was taken back, nobody what."""
    return told([actions.take_back(_message(request, message), by=the_person(request))])[0]


@router.get("/search", response=Messages, operation_id="chat_search", summary="Search in your talks")  # fmt: skip
def found(
    request: HttpRequest,
    q: Annotated[str, Query(..., min_length=1, max_length=LONGEST_QUESTION)],
    after: After = None,
    limit: Limit = 50,
) -> Messages:
    """Messages with every word in any form, the newest first."""
    rows = search.found(q, by=the_person(request)).select_related("author")
    hits, following = page_of(rows, after, limit, newest_first=True)
    return linked(request, Messages(messages=told(hits), next=following))


@router.post("/files", response={201: RoomFileOut}, operation_id="chat_upload", summary="Bring a file for a talk")  # fmt: skip
def upload(request: HttpRequest, file: File[UploadedFile], name: FileName = None) -> RoomFileOut:
    """A draft of yours until a message takes it. Sent as `multipart/form-data`."""
    row = room_files.keep_draft(file, name or file.name or "", by=the_person(request))
    return RoomFileOut.of(row)


@router.get("/files/{int:file}/content", operation_id="chat_file", summary="A file of a talk", openapi_extra=BYTES)  # fmt: skip
def content(request: HttpRequest, file: Number) -> HttpResponse:
    """Its bytes; `Range` is answered."""
    rows = RoomFile.objects.open_to(the_person(request)).exclude(blob="")
    row = rows.filter(pk=file).first()
    if row is None:
        raise Http404
    return file_answers.original(row, download=True)


def _message(request: HttpRequest, number: int) -> Message:
    rows = Message.objects.visible_to(the_person(request)).select_related("author", "room")
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found
