"""A ticket from one line of words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from estafeta.api.endpoints.verbs import acted
from estafeta.api.lookups import the_person
from estafeta.api.schemas.quick_line import QuickLineBody, QuickLineOut
from estafeta.api.submitting import IdempotencyKey, submission_of
from estafeta.tickets import submissions
from estafeta.tickets.quick_line.opening import open_line, understood

router = Router(tags=["Tickets"])


@router.post(
    "", response={200: QuickLineOut, 201: QuickLineOut}, operation_id="quick_line",
    summary="A ticket from one line",
)  # fmt: skip
def quick_line(
    request: HttpRequest,
    response: HttpResponse,
    body: QuickLineBody,
    idempotency_key: IdempotencyKey = None,
) -> Any:
    """Understand “@smith by Fri 15:00 !urgent replace the cartridge #room214”.

    Russian, Ukrainian and English, mixed as people do; times are those of your person. Only what is
    named with a sign and fits nobody, or more than one, stands in the way of `open`.
    """
    by = the_person(request)
    line = understood(body.line, by=by)
    if not body.open:
        return Status(200, QuickLineOut.of(line))
    key = submission_of(request, idempotency_key)
    known = submissions.known(by, key) if key else None
    answer = acted(request, response, known or open_line(line, by=by, submission=key))
    if answer.ticket:
        response["Location"] = f"/api/v1/tickets/{answer.ticket.number}"
    return Status(201, QuickLineOut.of(line, answer))
