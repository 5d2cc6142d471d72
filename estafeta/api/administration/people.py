"""People: find, add, change with rights and departments, switch on, delete, send a link."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query
from pydantic import Field, StringConstraints

from estafeta.accounts.actions import passwords, people
from estafeta.accounts.actions.whole import Places, save_person
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Department, Person
from estafeta.accounts.public_address import base_for
from estafeta.api.administration import room
from estafeta.api.administration.lookups import organisation_named, person_or_404
from estafeta.api.administration.room import IfMatch, as_it_was, created, tagged
from estafeta.api.cursors import MOST_ID, page_of
from estafeta.api.lookups import department_named, the_person
from estafeta.api.paging import After, Limit, Number, linked
from estafeta.api.schemas.administration.base import Done
from estafeta.api.schemas.administration.people import (
    LinkSent,
    ManagedPeople,
    ManagedPerson,
    PersonBody,
    PersonChange,
    Who,
)
from estafeta.api.submitting import IdempotencyKey

router = room.router("Administration: people")
Words = Annotated[str, StringConstraints(max_length=200)]
Id = Annotated[int, Field(ge=1, le=MOST_ID)]


@router.get(
    "", response=ManagedPeople, operation_id="manage_people", summary="Everybody, with rights"
)
def everybody(
    request: HttpRequest,
    q: Words = "",
    who: Annotated[Who, Query("all", description="`inactive` are those switched off")] = "all",
    department: Id | None = None,
    organisation: Id | None = None,
    after: After = None,
    limit: Limit = 50,
) -> ManagedPeople:
    """Whose name, login, phone, room or e-mail contains every word of `q`."""
    rows = Person.objects.exclude(login="system").find(q)
    if who != "all":
        rows = rows.filter(is_active=who != "inactive")
    rows = {"staff": rows.staff, "clients": rows.clients}.get(who, rows.all)()
    if department is not None:
        rows = rows.filter(memberships__department=department)
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    found, following = page_of(_loaded(rows), after, limit)
    cards = [ManagedPerson.of(row) for row in found]
    return linked(request, ManagedPeople(people=cards, next=following))


@router.post("", response={201: ManagedPerson}, operation_id="add_person", summary="Add somebody")
def add(
    request: HttpRequest,
    response: HttpResponse,
    body: PersonBody,
    idempotency_key: IdempotencyKey = None,
) -> ManagedPerson:
    """With rights and departments, all or nothing; somebody without departments is a client."""
    by = the_person(request)
    return created(
        request, response, idempotency_key,
        lambda: _save(None, body, by), shown,
    )  # fmt: skip


@router.get(
    "/{int:number}", response=ManagedPerson, operation_id="managed_person", summary="One person"
)
def one(request: HttpRequest, response: HttpResponse, number: Number) -> ManagedPerson:
    """The `ETag` can be sent as `If-Match` with a change."""
    return tagged(response, shown(number))


@router.post(
    "/{int:number}",
    response=ManagedPerson,
    operation_id="change_person",
    summary="Change a person",
)
def change(
    request: HttpRequest,
    response: HttpResponse,
    number: Number,
    body: PersonChange,
    if_match: IfMatch = None,
) -> ManagedPerson:
    """What is left out stays. Somebody always remains who administers."""
    by = the_person(request)
    with as_it_was(if_match, lambda: shown(number)):
        _save(person_or_404(number), body, by)
    return tagged(response, shown(number))


@router.post(
    "/{int:number}/reactivate", response=ManagedPerson, operation_id="reactivate_person",
    summary="Switch somebody on again",
)  # fmt: skip
def reactivate(request: HttpRequest, response: HttpResponse, number: Number) -> ManagedPerson:
    """With the rights and departments of before."""
    people.reactivate(person_or_404(number), by=the_person(request))
    return tagged(response, shown(number))


@router.post(
    "/{int:number}/delete", response=Done, operation_id="delete_person", summary="Delete somebody"
)
def delete(request: HttpRequest, number: Number) -> Done:
    """Only somebody of whom nothing is told anywhere; others are switched off."""
    people.delete(person_or_404(number), by=the_person(request))
    return Done()


@router.post(
    "/{int:number}/send_link", response=LinkSent, operation_id="send_link",
    summary="Mail a link to set a password",
)  # fmt: skip
def send_link(request: HttpRequest, number: Number) -> LinkSent:
    """To the person's own address. Programs are never shown such a link."""
    row = person_or_404(number)
    passwords.offer_link(row, by=the_person(request), base=base_for(request))
    return LinkSent(email=row.email)


def shown(number: int) -> ManagedPerson:
    """As it is now, or 404."""
    row = person_or_404(number)
    return ManagedPerson.of(_loaded(Person.objects.all()).get(pk=row.pk))


def _loaded(rows: Any) -> Any:
    return rows.select_related("organisation").prefetch_related("memberships__department")


def _save(row: Person | None, body: PersonChange, by: Person) -> Person:
    try:
        return save_person(row, _values(body), _places(body), by=by)
    except Invalid as wrong:
        nested = body.rights.given() if "rights" in body.model_fields_set else {}
        raise Invalid(
            {f"rights/{name}" if name in nested else name: told
             for name, told in wrong.errors.items()}
        ) from wrong  # fmt: skip


def _values(body: PersonChange) -> dict[str, Any]:
    values = body.given()
    values.pop("departments", None)
    if "rights" in values:
        values |= values.pop("rights").given()
    if "organisation" in values:
        values["organisation"] = organisation_named(values["organisation"], "organisation")
    return values


def _places(body: PersonChange) -> Places | None:
    """None: they stay as they are."""
    if "departments" not in body.model_fields_set:
        return None
    places: dict[Department, bool] = {}
    for number, place in enumerate(body.departments):
        found = department_named(place.department, f"departments/{number}/department")
        if found is not None:
            places[found] = place.is_head
    return places
