"""The dictionary of positions."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse

from estafeta.accounts.actions import positions as actions
from estafeta.accounts.models import Person, Position
from estafeta.api.administration import room
from estafeta.api.administration.room import created, tagged
from estafeta.api.cursors import page_of
from estafeta.api.lookups import the_person
from estafeta.api.paging import After, Limit, Number, linked
from estafeta.api.schemas.administration.base import Done
from estafeta.api.schemas.administration.positions import PositionBody, PositionOut, Positions
from estafeta.api.submitting import IdempotencyKey
from estafeta.lib.text import one_line

router = room.router("Administration: organisations")


@router.get(
    "", response=Positions, operation_id="manage_positions", summary="The dictionary of positions"
)
def positions(request: HttpRequest, after: After = None, limit: Limit = 50) -> Positions:
    """Names that are offered; the card of a person keeps the words."""
    rows, following = page_of(_with_cards(), after, limit)
    found = [PositionOut.of(row) for row in rows]
    return linked(request, Positions(positions=found, next=following))


@router.post("", response={201: PositionOut}, operation_id="add_position", summary="Add a position")
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
        lambda: actions.add_position(by=by, name=body.name), _shown,
    )  # fmt: skip


@router.post(
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
    actions.rename_position(row, by=the_person(request), name=body.name)
    kept = row.pk or Position.objects.get(name=one_line(body.name)).pk
    return tagged(response, _shown(kept))


@router.post(
    "/{int:number}/delete",
    response=Done,
    operation_id="delete_position",
    summary="Delete a position",
)
def delete_position(request: HttpRequest, number: Number) -> Done:
    """Offer it no longer; the cards that have it keep it."""
    actions.delete_position(_position(number), by=the_person(request))
    return Done()


def _position(number: int) -> Position:
    found = Position.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _shown(number: int) -> PositionOut:
    found = _with_cards().filter(pk=number).first()
    if found is None:
        raise Http404
    return PositionOut.of(found)


def _with_cards() -> Any:
    cards = Person.objects.filter(position=OuterRef("name"), is_active=True).order_by()
    count = cards.values("position").annotate(n=Count("pk")).values("n")
    return Position.objects.annotate(cards=Coalesce(Subquery(count), 0))
