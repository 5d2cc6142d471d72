"""Who is away, and who stands in."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from estafeta.accounts.actions import absences as actions
from estafeta.accounts.models import Absence, Person
from estafeta.accounts.permissions import may_change_absence
from estafeta.api.lookups import person_named, the_person
from estafeta.api.paging import Number
from estafeta.api.schemas.absences import AbsenceBody, AbsenceChange, AbsenceOut, Absences
from estafeta.api.schemas.happened import Gone
from estafeta.api.submitting import IdempotencyKey, made
from estafeta.lib import clock

router = Router(tags=["People"])
PLACE = "/{int:person}/absences"


@router.get(PLACE, response=Absences, operation_id="absences", summary="Absences of somebody")
def absences(request: HttpRequest, person: Number) -> Absences:
    """Your own, and if you are a head those of your people; whoever may change them reads them."""
    rows = _loaded().not_over(clock.now()).filter(person=_whose(request, person))
    return Absences(absences=[AbsenceOut.of(row) for row in rows])


@router.post(
    PLACE, response={201: AbsenceOut}, operation_id="set_absence", summary="Enter an absence"
)
def enter(
    request: HttpRequest,
    response: HttpResponse,
    person: Number,
    body: AbsenceBody,
    idempotency_key: IdempotencyKey = None,
) -> AbsenceOut:
    """The deputy hears of the person's tickets too, as far as he may see them."""
    by, who = the_person(request), _whose(request, person)
    values = _values(by, body)
    number = made(
        request, response, idempotency_key,
        lambda: actions.set_absence(who, by=by, **values), by=by,
    )  # fmt: skip
    return AbsenceOut.of(_loaded().get(pk=number))


@router.post(
    PLACE + "/{int:absence}", response=AbsenceOut, operation_id="change_absence",
    summary="Change an absence",
)  # fmt: skip
def change(
    request: HttpRequest, person: Number, absence: Number, body: AbsenceChange
) -> AbsenceOut:
    """What is left out stays; null for `ends_at` is until further notice."""
    by, row = the_person(request), _one(request, person, absence)
    actions.change_absence(row, by=by, **_values(by, body))
    return AbsenceOut.of(_loaded().get(pk=row.pk))


@router.post(
    PLACE + "/{int:absence}/end", response=Gone, operation_id="end_absence",
    summary="End an absence",
)  # fmt: skip
def end(request: HttpRequest, person: Number, absence: Number) -> Gone:
    """The person is back now, or does not go away after all."""
    actions.end_absence(_one(request, person, absence), by=the_person(request))
    return Gone()


def _whose(request: HttpRequest, person: int) -> Person:
    found = Person.objects.active().filter(pk=person).first()
    if found is None or not may_change_absence(the_person(request), found):
        raise Http404
    return found


def _one(request: HttpRequest, person: int, absence: int) -> Absence:
    row = _loaded().filter(person=_whose(request, person), pk=absence).first()
    if row is None:
        raise Http404
    return row


def _loaded() -> Any:
    return Absence.objects.select_related("person", "deputy")


def _values(by: Person, body: AbsenceBody | AbsenceChange) -> dict[str, Any]:
    given = body.model_dump(exclude_unset=True)
    if "deputy" in given:
        given["deputy"] = person_named(by, given["deputy"], "deputy")
    if given.get("starts_at", "") is None:
        del given["starts_at"]
    return given
