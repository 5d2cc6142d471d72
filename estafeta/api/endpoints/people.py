"""People and departments."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import StringConstraints

from estafeta.accounts import permissions, tree
from estafeta.accounts.actions import people as people_actions
from estafeta.accounts.errors import NotAllowed
from estafeta.accounts.lookalikes import lookalikes
from estafeta.accounts.models import Department, Organisation, Person
from estafeta.accounts.models.person import PersonQuerySet
from estafeta.api.cursors import page_of
from estafeta.api.lookups import the_person
from estafeta.api.paging import After, Limit, Number, linked
from estafeta.api.schemas.administration.people import ClientBody, ClientChange
from estafeta.api.schemas.people import DepartmentOut, Departments, PeoplePage, PersonOut
from estafeta.api.submitting import IdempotencyKey, made
from estafeta.lib.text import fold
from estafeta.tickets.errors import Invalid
from estafeta.tickets.relations.acquaintance import known_to

router = Router(tags=["People"])
departments_router = Router(tags=["People"])
Words = Annotated[str, StringConstraints(max_length=200)]


@router.get("", response=PeoplePage, operation_id="people", summary="Find people")
def people(
    request: HttpRequest, q: Words = "", after: After = None, limit: Limit = 50
) -> PeoplePage:
    """Active people whose name, login, phone, room or e-mail contains every word of `q`.

    Agents find everybody. Others find themselves and those who take part in their tickets, by
    their names, and learn nothing but the names.
    """
    by = the_person(request)
    known = known_to(by).filter(is_active=True)
    if by.is_agent:
        found = known.find(q).select_related("organisation")
        found = found.prefetch_related("memberships__department")
        rows, following = page_of(found, after, limit)
        cards = [PersonOut.card(row) for row in rows]
    else:
        rows, following = page_of(known.filter(pk__in=_named_like(known, q)), after, limit)
        cards = [PersonOut.name_only(row) for row in rows]
    return linked(request, PeoplePage(people=cards, next=following))


@router.post("", response={201: PersonOut}, operation_id="add_client", summary="Add a client")
def add_client(
    request: HttpRequest,
    response: HttpResponse,
    body: ClientBody,
    idempotency_key: IdempotencyKey = None,
) -> PersonOut:
    """For agents who may: somebody who calls and is not known yet. A client has no login at first.

    When a client with the same e-mail or phone is there already, the answer is 422 with the name,
    until `another` says that it is somebody else.
    """
    by = the_person(request)
    if not permissions.may_add_clients(by):
        raise NotAllowed
    number = made(request, response, idempotency_key, lambda: _add_client(by, body), by=by)
    return _card(number)


@router.post(
    "/{int:person}", response=PersonOut, operation_id="change_client", summary="Change a client"
)
def change_client(request: HttpRequest, person: Number, body: ClientChange) -> PersonOut:
    """The card; what is left out stays. Of whoever signs in only administrators change the e-mail."""
    by = the_person(request)
    row = known_to(by).filter(pk=person).first()
    if row is None:
        raise Http404
    people_actions.edit_card(row, by=by, **_client_values(body))
    return _card(row.pk)


@router.get("/{int:person}", response=PersonOut, operation_id="person", summary="One person")
def person(request: HttpRequest, person: Number) -> PersonOut:
    """The card of a person; for those who are not agents the name."""
    by = the_person(request)
    rows = known_to(by).select_related("organisation")
    found = rows.prefetch_related("memberships__department").filter(pk=person).first()
    if found is None:
        raise Http404
    return PersonOut.card(found) if by.is_agent else PersonOut.name_only(found)


@departments_router.get(
    "", response=Departments, operation_id="departments", summary="The tree of departments"
)
def departments(request: HttpRequest) -> Departments:
    """Parents stand before children, in the order of the administrators; hidden ones for staff."""
    by = the_person(request)
    rows = [row for row in Department.objects.in_tree_order() if by.is_agent or not row.is_hidden]
    return Departments(
        departments=[
            DepartmentOut(id=row.pk, name=row.name, parent=row.parent_id, depth=row.depth,
                          is_active=row.is_active, prefix=tree.prefix_of(row.pk),
                          is_offered=row.is_offered_to(by))
            for row in rows
        ]
    )  # fmt: skip


def _add_client(by: Person, body: ClientBody) -> Person:
    values = _client_values(body)
    same = lookalikes(email=values.get("email", ""), phone=values.get("phone", ""))
    if same and not body.another:
        raise Invalid(
            "another",
            _("Is it one of these? %(names)s. If not, say that it is another person.")
            % {"names": ", ".join(f"{row.name} ({row.pk})" for row in same)},
        )
    return people_actions.create_client(by=by, **values)


def _client_values(body: ClientChange) -> dict[str, Any]:
    values = body.given()
    values.pop("another", None)
    if (number := values.get("organisation")) is not None:
        values["organisation"] = Organisation.objects.filter(is_active=True, pk=number).first()
        if values["organisation"] is None:
            detail = _("There is no organisation with the id %(id)s.") % {"id": number}
            raise Invalid("organisation", detail)
    return values


def _card(number: int) -> PersonOut:
    rows = Person.objects.select_related("organisation")
    found = rows.prefetch_related("memberships__department").filter(pk=number).first()
    if found is None:
        raise Http404
    return PersonOut.card(found)


def _named_like(known: PersonQuerySet, text: str) -> list[int]:
    """Not `find`: whoever may not read phone numbers must not find people by them either."""
    words = fold(text).split()
    names = known.values_list("pk", "name")
    return [number for number, name in names if all(word in fold(name) for word in words)]
