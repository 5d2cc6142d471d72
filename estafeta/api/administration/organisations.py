"""Organisations whose people are clients, and the dictionary of positions."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse

from estafeta.accounts.actions import organisations as actions
from estafeta.accounts.actions import positions as position_actions
from estafeta.accounts.models import Organisation, Person, Position
from estafeta.api.administration import room
from estafeta.api.administration.room import IfMatch, as_it_was, created, tagged
from estafeta.api.cursors import page_of
from estafeta.api.lookups import the_person
from estafeta.api.paging import After, Limit, Number, linked
from estafeta.api.schemas.administration.structure import (
    Done,
    ManagedOrganisation,
    ManagedOrganisations,
    OrganisationBody,
    OrganisationChange,
    PositionBody,
    PositionOut,
    Positions,
)
from estafeta.api.submitting import IdempotencyKey
from estafeta.lib.text import one_line

router = room.router("Administration: organisations")
positions_router = room.router("Administration: organisations")


@router.get(
    "", response=ManagedOrganisations, operation_id="manage_organisations",
    summary="All organisations",
)  # fmt: skip
def organisations(
    request: HttpRequest, after: After = None, limit: Limit = 50
) -> ManagedOrganisations:
    """Those that are switched off too."""
    rows, following = page_of(_counted(), after, limit)
    found = [ManagedOrganisation.of(row) for row in rows]
    return linked(request, ManagedOrganisations(organisations=found, next=following))


@router.post(
    "",
    response={201: ManagedOrganisation},
    operation_id="add_organisation",
    summary="Add an organisation",
)
def add(
    request: HttpRequest,
    response: HttpResponse,
    body: OrganisationBody,
    idempotency_key: IdempotencyKey = None,
) -> ManagedOrganisation:
    """Its people are clients."""
    by = the_person(request)
    return created(
        request, response, idempotency_key,
        lambda: actions.save_organisation(None, by=by, **body.given()), _shown,
    )  # fmt: skip


@router.get(
    "/{int:number}", response=ManagedOrganisation, operation_id="managed_organisation",
    summary="One organisation",
)  # fmt: skip
def one(request: HttpRequest, response: HttpResponse, number: Number) -> ManagedOrganisation:
    """Its `ETag` can be sent as `If-Match` with a change."""
    return tagged(response, _shown(number))


@router.post(
    "/{int:number}", response=ManagedOrganisation, operation_id="change_organisation",
    summary="Change an organisation",
)  # fmt: skip
def change(
    request: HttpRequest,
    response: HttpResponse,
    number: Number,
    body: OrganisationChange,
    if_match: IfMatch = None,
) -> ManagedOrganisation:
    """What is left out stays."""
    by = the_person(request)
    with as_it_was(if_match, lambda: _shown(number)):
        actions.save_organisation(_organisation(number), by=by, **body.given())
    return tagged(response, _shown(number))


@router.post(
    "/{int:number}/delete", response=Done, operation_id="delete_organisation",
    summary="Delete an organisation",
)  # fmt: skip
def delete(request: HttpRequest, number: Number) -> Done:
    """Only one without people and history; others are switched off."""
    actions.delete_organisation(_organisation(number), by=the_person(request))
    return Done()


@positions_router.get(
    "", response=Positions, operation_id="manage_positions", summary="The dictionary of positions"
)
def positions(request: HttpRequest, after: After = None, limit: Limit = 50) -> Positions:
    """Names that are offered; the card of a person keeps the words."""
    rows, following = page_of(_with_cards(), after, limit)
    found = [PositionOut.of(row) for row in rows]
    return linked(request, Positions(positions=found, next=following))


@positions_router.post(
    "", response={201: PositionOut}, operation_id="add_position", summary="Add a position"
)
def add_position(
    request: HttpRequest,
    response: HttpResponse,
    body: PositionBody,
    idempotency_key: IdempotencyKey = None,
) -> PositionOut:
    """Offer it from now on."""
    by = the_person(request)
    return created(
        request, response, idempotency_key,
        lambda: position_actions.add_position(by=by, name=body.name), _shown_position,
    )  # fmt: skip


@positions_router.post(
    "/{int:number}",
    response=PositionOut,
    operation_id="rename_position",
    summary="Rename a position",
)
def rename(
    request: HttpRequest, response: HttpResponse, number: Number, body: PositionBody
) -> PositionOut:
    """On the cards too. A name that exists makes one of the two, which is what the answer shows."""
    row = _position(number)
    position_actions.rename_position(row, by=the_person(request), name=body.name)
    kept = row.pk or Position.objects.get(name=one_line(body.name)).pk
    return tagged(response, _shown_position(kept))


@positions_router.post(
    "/{int:number}/delete",
    response=Done,
    operation_id="delete_position",
    summary="Delete a position",
)
def delete_position(request: HttpRequest, number: Number) -> Done:
    """Offer it no longer; the cards that have it keep it."""
    position_actions.delete_position(_position(number), by=the_person(request))
    return Done()


def _organisation(number: int) -> Organisation:
    found = Organisation.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _shown(number: int) -> ManagedOrganisation:
    found = _counted().filter(pk=number).first()
    if found is None:
        raise Http404
    return ManagedOrganisation.of(found)


def _counted() -> Any:
    active = Count("people", filter=Q(people__is_active=True))
    return Organisation.objects.annotate(active_people=active)


def _position(number: int) -> Position:
    found = Position.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _shown_position(number: int) -> PositionOut:
    found = _with_cards().filter(pk=number).first()
    if found is None:
        raise Http404
    return PositionOut.of(found)


def _with_cards() -> Any:
    cards = Person.objects.filter(position=OuterRef("name"), is_active=True).order_by()
    count = cards.values("position").annotate(n=Count("pk")).values("n")
    return Position.objects.annotate(cards=Coalesce(Subquery(count), 0))
