"""Lists of tickets as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Query, Router

from estafeta.api.lookups import the_person
from estafeta.api.schemas.tickets import PriorityName
from estafeta.api.schemas.wanted import Wanted
from estafeta.lib import sheets, workbook
from estafeta.tickets.lists import whole
from estafeta.tickets.lists.listing import LISTS
from estafeta.tickets.lists.paging import Question
from estafeta.tickets.models import Priority, Ticket

router = Router(tags=["Tickets"])

NAMED = ("performer", "department", "requester", "author", "organisation", "topic")
COLUMNS = (
    "number", "title", "status", "priority", *NAMED, "acceptance", "deadline", "opened_at",
    "changed_at", "closed_at",
)  # fmt: skip
_FILE = {"schema": {"type": "string", "format": "binary"}}


@router.get(
    "/export",
    operation_id="export",
    summary="A list as a table",
    openapi_extra={
        "responses": {
            200: {
                "description": "The table",
                "content": {"text/csv": _FILE, workbook.CONTENT_TYPE: _FILE},
            }
        }
    },
)
def export(
    request: HttpRequest,
    wanted: Annotated[Wanted, Query(...)],
    kind: Annotated[Literal["csv", "xlsx"], Query("csv", alias="format")] = "csv",
) -> Any:
    """All pages of what `GET /tickets` gives, streamed.

    Moments are RFC 3339 in UTC; in CSV, texts that a program for tables would take for formulas
    begin with a quote.
    """
    reader = the_person(request)
    question = Question(LISTS[wanted.list](reader), reader, wanted.filters(), wanted.order())
    chunks = _chunks(question)
    if kind == "xlsx":
        pieces, media = workbook.pieces(chunks, title=wanted.list), workbook.CONTENT_TYPE
    else:
        pieces, media = sheets.csv_pieces(chunks), sheets.CSV_TYPE
    response = StreamingHttpResponse(pieces, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="tickets.{kind}"'
    return response


def _chunks(question: Question) -> Iterator[Iterable[sheets.Row]]:
    numbers = whole.numbers_of(question)
    yield [COLUMNS]
    for tickets in whole.pieces_of(question, numbers, named=NAMED):
        yield [_row(ticket) for ticket in tickets]


def _row(ticket: Ticket) -> sheets.Row:
    return [
        ticket.number, ticket.title, str(ticket.status),
        PriorityName[Priority(ticket.priority).name].value,
        *(getattr(getattr(ticket, name), "name", None) for name in NAMED),
        str(ticket.acceptance), _moment(ticket.deadline), _moment(ticket.opened_at),
        _moment(ticket.changed_at), _moment(ticket.closed_at),
    ]  # fmt: skip


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None
