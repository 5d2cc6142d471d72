"""One operation a verb, made from the table of bodies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from estafeta.accounts.models import Person
from estafeta.api.acting import keywords_of
from estafeta.api.as_read import IfMatch, a_precondition, length_in, tag_of
from estafeta.api.bearer import require_administering
from estafeta.api.lookups import the_person, ticket_for, ticket_or_404, tickets_of
from estafeta.api.pages import ticket_page
from estafeta.api.paging import Number
from estafeta.api.schemas.bodies import BODIES, VerbBody
from estafeta.api.schemas.tickets import Acted, EntryOut, VerbOut, Verbs
from estafeta.api.submitting import IdempotencyKey, submission_of
from estafeta.tickets import submissions
from estafeta.tickets.actions.action import ACTIONS
from estafeta.tickets.models import Entry
from estafeta.tickets.permissions import UNSEEN, Relation, allowed_verbs, require
from estafeta.tickets.verbs import Verb

router = Router(tags=["Verbs"])


@router.get(
    "/{int:number}/verbs", response=Verbs, operation_id="verbs", summary="What you can do to it"
)
def verbs(request: HttpRequest, number: Number) -> Verbs:
    """The verbs that this ticket's status and your part in it allow now."""
    ticket = ticket_or_404(request, number)
    possible = allowed_verbs(Relation.between(the_person(request), ticket))
    return Verbs(
        verbs=[
            VerbOut(verb=verb, label=str(verb.label),
                    href=request.path.removesuffix("verbs") + verb.value)
            for verb in possible
        ]
    )  # fmt: skip


def _operation(verb: Verb, form: type[VerbBody]) -> Callable[..., Acted]:
    needs_body = any(field.is_required() for field in form.model_fields.values())

    def act(
        request: HttpRequest,
        response: HttpResponse,
        number: Number,
        body: Any,
        idempotency_key: IdempotencyKey = None,
        if_match: IfMatch = None,
    ) -> Acted:
        by = the_person(request)
        key, expected = submission_of(request, idempotency_key), length_in(if_match)
        entry = submissions.known(by, key) if key else None
        if entry is None:
            with a_precondition(expected):
                entry = _do(
                    verb, request, number, body or form.model_validate({}), by, key, expected
                )
        return acted(request, response, entry)

    act.__annotations__["body"] = form if needs_body else form | None
    act.__defaults__ = (..., None, None) if needs_body else (None, None, None)
    act.__doc__ = _description(verb)
    return act


def _do(
    verb: Verb,
    request: HttpRequest,
    number: int,
    body: VerbBody,
    by: Person,
    key: submissions.Key | None,
    expected: int | None,
) -> Entry:
    ticket = ticket_for(request, number, verb)
    # Asked before anything is looked up: who may not do it learns nothing of what else is wrong.
    require(verb, Relation.between(by, ticket))
    if verb in UNSEEN:
        require_administering(request.auth)  # type: ignore[attr-defined]
    keywords = keywords_of(verb, body, ticket, by=by)
    seen = body.seen
    if seen is None and verb is Verb.EDIT:
        # What was left out is filled in from this ticket: it must not undo what others do meanwhile.
        seen = ticket.journal_length
    if expected is not None:
        ticket.as_seen_at(expected, strictly=True)
    else:
        ticket.as_seen_at(seen)
    return ACTIONS[verb](ticket.sent_as(key), by=by, **keywords)


def _description(verb: Verb) -> str:
    return (ACTIONS[verb].__doc__ or "").strip()


def acted(request: HttpRequest, response: HttpResponse, entry: Entry) -> Acted:
    """The answer after a verb: its line, and the ticket unless it has left the person's sight."""
    if entry.is_repeated:
        response["Idempotent-Replayed"] = "true"
    ticket = tickets_of(request).filter(pk=entry.ticket_id).first()
    page = ticket_page(ticket, reader=the_person(request)) if ticket else None
    if ticket:
        response["ETag"] = tag_of(ticket)
    return Acted(entry=EntryOut.of(entry), ticket=page)


for _verb, _form in BODIES.items():
    router.post(
        f"/{{int:number}}/{_verb.value}",
        response=Acted,
        operation_id=_verb.value,
        summary=_verb.name.capitalize().replace("_", " "),
    )(_operation(_verb, _form))
