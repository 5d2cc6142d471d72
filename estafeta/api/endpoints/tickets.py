"""Tickets: lists, one ticket, a new ticket."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from estafeta.api.as_read import tag_of
from estafeta.api.endpoints.verbs import acted
from estafeta.api.lookups import (
    department_named,
    people_named,
    person_named,
    the_person,
    ticket_or_404,
    tickets_of,
    topic_named,
)
from estafeta.api.pages import ticket_page
from estafeta.api.paging import After, Limit, Number, linked
from estafeta.api.schemas.bodies import OpenBody
from estafeta.api.schemas.tickets import Acted, TicketList, TicketOut, TicketPageOut
from estafeta.api.schemas.wanted import Wanted
from estafeta.api.submitting import IdempotencyKey, submission_of
from estafeta.tickets import submissions
from estafeta.tickets.actions import open_ticket
from estafeta.tickets.lists.listing import LISTS
from estafeta.tickets.lists.paging import Question
from estafeta.tickets.models import Entry

router = Router(tags=["Tickets"])


@router.get("", response=TicketList, operation_id="tickets", summary="Lists of tickets")
def tickets(
    request: HttpRequest,
    wanted: Annotated[Wanted, Query(...)],
    after: After = None,
    limit: Limit = 50,
) -> TicketList:
    """A page of a list, narrowed by filters.

    Follow `next`, or the `Link` header, until it is null; tickets that change meanwhile may show
    up again in the order by change.
    """
    question = Question(
        LISTS[wanted.list](the_person(request)),
        the_person(request),
        wanted.filters(),
        wanted.order(),
    )
    return page_of(request, question, after, limit)


def page_of(request: HttpRequest, question: Question, after: str | None, limit: int) -> TicketList:
    """A page of tickets as programs read them."""
    page = question.page(limit, after=after or "")
    rows = tickets_of(request).defer("text", "text_html").in_bulk([t.pk for t in page.tickets])
    found = [TicketOut.of(rows[ticket.pk]) for ticket in page.tickets if ticket.pk in rows]
    return linked(request, TicketList(tickets=found, next=page.older or None))


@router.post("", response={201: Acted}, operation_id="open", summary="Write a new ticket")
def write(
    request: HttpRequest,
    response: HttpResponse,
    body: OpenBody,
    idempotency_key: IdempotencyKey = None,
) -> Acted:
    """To a department, to people, or to both; nobody performs it yet.

    Agents write to anybody and for anybody; others to a department and for themselves. Send an
    `Idempotency-Key` and the request can be repeated without making a second ticket.
    """
    key = submission_of(request, idempotency_key)
    known = submissions.known(the_person(request), key) if key else None
    answer = acted(request, response, known or _open(request, body, key))
    if answer.ticket:
        response["Location"] = f"{request.path}/{answer.ticket.number}"
    return answer


def _open(request: HttpRequest, body: OpenBody, key: submissions.Key | None) -> Entry:
    by = the_person(request)
    return open_ticket(
        by=by,
        title=body.title,
        text=body.text,
        department=department_named(body.department),
        people=None if body.people is None else people_named(by, body.people),
        requester=person_named(by, body.requester, "requester"),
        topic=topic_named(body.topic),
        priority=body.priority.number if body.priority else None,
        deadline=body.deadline,
        acceptance=body.acceptance,
        evidence=body.evidence,
        separate=body.separate,
        files=body.files,
        submission=key,
    )


@router.get("/{int:number}", response=TicketPageOut, operation_id="ticket", summary="One ticket")
def ticket(request: HttpRequest, response: HttpResponse, number: Number) -> TicketPageOut:
    """With its participants, the relay of its holds, and what you can do to it now."""
    found = ticket_or_404(request, number)
    response["ETag"] = tag_of(found)
    return ticket_page(found, reader=the_person(request))
