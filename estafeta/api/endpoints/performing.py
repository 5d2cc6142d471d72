"""Who performs a ticket, who could, and how its deadline came about."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from estafeta.accounts.models import Department
from estafeta.api.cursors import MOST_ID
from estafeta.api.lookups import the_person, ticket_or_404
from estafeta.api.paging import Number
from estafeta.api.problems import Refusal, of_parameter
from estafeta.api.schemas.performing import (
    DeadlinesOut,
    PartOut,
    PendingOut,
    RollCallOut,
    ShiftOut,
    SubtaskOut,
    SubtasksOut,
    SuggestionOut,
    Suggestions,
)
from estafeta.tickets.errors import NotAllowed
from estafeta.tickets.performers import shifts
from estafeta.tickets.performers.roll_call import roll_call
from estafeta.tickets.performers.suggestion import suggest
from estafeta.tickets.performers.waiting import waiting
from estafeta.tickets.permissions import Relation
from estafeta.tickets.relations.relating import related
from estafeta.tickets.verbs import Verb

router = Router(tags=["Tickets"])
DepartmentId = Annotated[
    Annotated[int, Field(ge=1, le=MOST_ID)] | None,
    Query(None, description="Of which; left out: where the ticket is"),
]


@router.get(
    "/{int:number}/pending", response=PendingOut, operation_id="pending",
    summary="What waits for somebody's word",
)  # fmt: skip
def pending(request: HttpRequest, number: Number) -> PendingOut:
    """A hand-over with whom it came from and until when; a deadline with who proposed it and why."""
    ticket = ticket_or_404(request, number)
    found = waiting(Relation.between(the_person(request), ticket))
    return PendingOut.of(found, ticket.proposed_due)


@router.get(
    "/{int:number}/parts", response=RollCallOut, operation_id="parts",
    summary="How far each performer has come",
)  # fmt: skip
def parts(request: HttpRequest, number: Number) -> RollCallOut:
    """Seen, begun, finished; where each finishes separately the ticket is done when all are."""
    ticket = ticket_or_404(request, number)
    call = roll_call(ticket)
    return RollCallOut(
        is_separate=ticket.is_separate, amount=call.amount, finished=call.done,
        parts=[PartOut.of(part) for part in call.parts],
    )  # fmt: skip


@router.get(
    "/{int:number}/suggestions", response=Suggestions, operation_id="suggestions",
    summary="Who could do it, and why",
)  # fmt: skip
def suggestions(
    request: HttpRequest, number: Number, department: DepartmentId = None
) -> Suggestions:
    """Of those who do not perform it yet. For agents."""
    ticket, reader = ticket_or_404(request, number), the_person(request)
    if not reader.is_agent:
        raise NotAllowed(Verb.ASSIGN)
    place: Department | None = ticket.department
    if department is not None:
        place = Department.objects.offered_to(reader).filter(pk=department).first()
    if place is None:
        detail = _("There is no department with the id %(id)s.") % {"id": department}
        raise Refusal(422, detail, body={"errors": [of_parameter("department", detail)]})
    return Suggestions(suggestions=[SuggestionOut.of(one) for one in suggest(ticket, place)])


@router.get(
    "/{int:number}/deadlines", response=DeadlinesOut, operation_id="deadlines",
    summary="How its deadline came about",
)  # fmt: skip
def deadlines(request: HttpRequest, number: Number) -> DeadlinesOut:
    """The first one, what was proposed by whom, what was agreed to, every shift."""
    ticket = ticket_or_404(request, number)
    found = waiting(Relation.between(the_person(request), ticket))
    return DeadlinesOut(
        deadline=ticket.deadline, at_first=shifts.at_first(ticket), original=ticket.original_due,
        shifts=ticket.shifts, proposed=PendingOut.of(found, ticket.proposed_due).deadline,
        history=[ShiftOut.of(shift) for shift in shifts.shifts(ticket)],
    )  # fmt: skip


@router.get(
    "/{int:number}/subtasks", response=SubtasksOut, operation_id="subtasks",
    summary="Its parts and how far they are",
)  # fmt: skip
def subtasks(request: HttpRequest, number: Number) -> SubtasksOut:
    """Those that you see, each with who has it; the others are only counted."""
    found = related(ticket_or_404(request, number), the_person(request))
    return SubtasksOut(
        subtasks=[SubtaskOut.of(part) for part in found.parts], all=found.all_parts,
        open=found.open_parts, unseen=found.unseen_parts,
    )  # fmt: skip
