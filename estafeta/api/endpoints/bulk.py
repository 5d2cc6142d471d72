"""Verbs for many tickets at once."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Router, Status
from ninja.errors import ValidationError as Unfit
from pydantic import ValidationError

from estafeta.accounts.models import Person
from estafeta.api.acting import keywords_of
from estafeta.api.cursors import MOST_ID
from estafeta.api.lookups import the_person
from estafeta.api.schemas.bodies import BODIES
from estafeta.api.schemas.bulk import BulkBody, BulkRunOut
from estafeta.api.submitting import IdempotencyKey, submission_of
from estafeta.tickets.bulk import runs
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import BulkRun, Ticket
from estafeta.tickets.verbs import Verb

router = Router(tags=["Many tickets"])
RunId = Annotated[int, Path(ge=1, le=MOST_ID)]


@router.post("", response={200: BulkRunOut, 202: BulkRunOut}, operation_id="bulk",
             summary="Do a verb to many tickets")  # fmt: skip
def bulk(
    request: HttpRequest,
    response: HttpResponse,
    body: BulkBody,
    idempotency_key: IdempotencyKey = None,
) -> Status[BulkRunOut]:
    """Each ticket is judged for itself; those that are refused stay as they were and say why.

    Few tickets are done at once (200). Of more the answer is 202 and the work goes on: ask for the
    run until `is_finished`. Send an `Idempotency-Key` and the request can be repeated: it gives the
    same run again.
    """
    by, verb = the_person(request), Verb(body.verb)
    keywords = _keywords(verb, body, by=by)
    key = submission_of(request, idempotency_key)
    run = runs.begin(
        verb, body.tickets, by=by, keywords=keywords, as_of=body.as_of, sent_as=key
    )  # fmt: skip
    if run.is_repeated:
        response["Idempotent-Replayed"] = "true"
    return _answer(run)


def _keywords(verb: Verb, body: BulkBody, *, by: Person) -> dict[str, Any]:
    """What the verb takes. Faults are told by their place in the whole body."""
    try:
        given = BODIES[verb].model_validate(body.body)
    except ValidationError as wrong:
        faults = wrong.errors()
        below = ("body", "body", "body")
        raise Unfit([{**fault, "loc": (*below, *fault["loc"])} for fault in faults]) from wrong
    try:
        return keywords_of(verb, given, Ticket(), by=by)
    except Invalid as wrong:
        raise Invalid(f"body/{wrong.field}".rstrip("/"), wrong.message) from wrong


@router.get("/{int:pk}", response=BulkRunOut, operation_id="bulk_run", summary="What came of it")
def bulk_run(request: HttpRequest, pk: RunId) -> BulkRunOut:
    """A run of your own."""
    return BulkRunOut.of(_own(request, pk))


@router.post("/{int:pk}/undo", response={200: BulkRunOut, 202: BulkRunOut},
             operation_id="undo_bulk_run", summary="Take it back")  # fmt: skip
def undo(request: HttpRequest, pk: RunId) -> Status[BulkRunOut]:
    """Where the verb has an inverse, and nobody has acted on the ticket since."""
    return _answer(runs.undo(_own(request, pk), by=the_person(request)))


def _own(request: HttpRequest, pk: int) -> BulkRun:
    run = BulkRun.objects.filter(person=the_person(request), pk=pk).first()
    if run is None:
        raise Http404
    return run


def _answer(run: BulkRun) -> Status[BulkRunOut]:
    return Status(200 if run.is_finished else 202, BulkRunOut.of(run))
