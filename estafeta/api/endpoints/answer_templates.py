"""Answers that are written once and given often."""

from __future__ import annotations

from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import StringConstraints

from estafeta.accounts.models import Person
from estafeta.api.lookups import department_named, the_person, ticket_or_404
from estafeta.api.paging import Number
from estafeta.api.schemas.comments import Deleted, TemplateBody, TemplateOut, Templates
from estafeta.api.submitting import IdempotencyKey, made
from estafeta.tickets.conversation import answer_templates
from estafeta.tickets.conversation.answer_templates import Place
from estafeta.tickets.conversation.placeholders import Filling
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import AnswerTemplate

router = Router(tags=["Answer templates"])
filled_router = Router(tags=["Answer templates"])
Words = Annotated[str, StringConstraints(max_length=200)]


@router.get("", response=Templates, operation_id="templates", summary="Answer templates")
def templates(request: HttpRequest, q: Words = "") -> Templates:
    """Your own, those of your departments, those of all staff. Clients have none."""
    rows = answer_templates.known(the_person(request), q)
    return Templates(templates=[TemplateOut.of(row) for row in rows])


@router.post("", response={201: TemplateOut}, operation_id="add_template", summary="Add a template")
def add_template(
    request: HttpRequest,
    response: HttpResponse,
    body: TemplateBody,
    idempotency_key: IdempotencyKey = None,
) -> TemplateOut:
    """Heads add for their departments, administrators and directors for all staff."""
    by = the_person(request)
    number = made(request, response, idempotency_key, lambda: _save(by, None, body), by=by)
    return TemplateOut.of(_template(request, number))


@router.post(
    "/{int:template}",
    response=TemplateOut,
    operation_id="change_template",
    summary="Change a template",
)
def change_template(request: HttpRequest, template: Number, body: TemplateBody) -> TemplateOut:
    """All of it is replaced."""
    return TemplateOut.of(_save(the_person(request), _template(request, template), body))


@router.post(
    "/{int:template}/delete", response=Deleted, operation_id="delete_template",
    summary="Delete a template",
)  # fmt: skip
def delete_template(request: HttpRequest, template: Number) -> Deleted:
    """For good. Answers that were written with it stay as they are."""
    answer_templates.delete(_template(request, template), by=the_person(request))
    return Deleted()


@filled_router.get(
    "/{int:number}/answers", response=Templates, operation_id="answers",
    summary="Answer templates filled for a ticket",
)  # fmt: skip
def answers(request: HttpRequest, number: Number, q: Words = "") -> Templates:
    """The same as texts that can be sent: every placeholder has what this ticket says."""
    ticket, by = ticket_or_404(request, number), the_person(request)
    filled = Filling(ticket, by=by)
    rows = answer_templates.offered(by, q)
    return Templates(templates=[TemplateOut.of(row, filled(row.text)) for row in rows])


def _save(by: Person, row: AnswerTemplate | None, body: TemplateBody) -> AnswerTemplate:
    if body.own and body.department is not None:
        raise Invalid("department", _("A template is your own or of a department, not both."))
    place = Place(own=body.own, department=department_named(body.department))
    return answer_templates.save(row, by=by, title=body.title, text=body.text, place=place)


def _template(request: HttpRequest, number: int) -> AnswerTemplate:
    """One that this person can use, whether he may change it or not."""
    rows = AnswerTemplate.objects.known_to(the_person(request)).select_related("department")
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found
