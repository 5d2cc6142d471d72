"""Organisations whose people are clients."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse

from estafeta.accounts.actions import organisations as actions
from estafeta.accounts.models import Organisation
from estafeta.api.administration import room
from estafeta.api.administration.room import IfMatch, as_it_was, created, tagged
from estafeta.api.cursors import page_of
from estafeta.api.lookups import the_person
from estafeta.api.paging import After, Limit, Number, linked
from estafeta.api.schemas.administration.base import Done
from estafeta.api.schemas.administration.organisations import (
    ManagedOrganisation,
    ManagedOrganisations,
    OrganisationBody,
    OrganisationChange,
)
from estafeta.api.submitting import IdempotencyKey

router = room.router("Administration: organisations")


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
