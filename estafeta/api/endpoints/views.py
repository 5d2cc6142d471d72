"""Saved views: which there are, what they hold, keeping and sharing them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from estafeta.accounts.models import Person
from estafeta.api.endpoints.tickets import page_of
from estafeta.api.lookups import the_person
from estafeta.api.paging import After, Limit, Number
from estafeta.api.schemas.comments import Deleted
from estafeta.api.schemas.tickets import TicketList
from estafeta.api.schemas.views import UnshareBody, ViewBody, ViewOut, Views
from estafeta.api.submitting import IdempotencyKey, made
from estafeta.tickets.lists import saved_views
from estafeta.tickets.models import SavedView

router = Router(tags=["Tickets"])


@router.get("", response=Views, operation_id="views", summary="Saved views")
def views(request: HttpRequest) -> Views:
    """Your own and those your departments share, with how many tickets each holds."""
    person = the_person(request)
    kept = saved_views.of(person)
    words = _counted(kept, person)
    return Views(views=[ViewOut.of(view, person.pk, words[view.pk]) for view in kept])


@router.post("", response={201: ViewOut}, operation_id="add_view", summary="Keep a view")
def add_view(
    request: HttpRequest,
    response: HttpResponse,
    body: ViewBody,
    idempotency_key: IdempotencyKey = None,
) -> ViewOut:
    """A list and its filters under a name, for yourself and whom you share it with."""
    by = the_person(request)
    number = made(request, response, idempotency_key, lambda: _save(by, SavedView(), body), by=by)
    return _shown(_view(request, number), by)


@router.post("/{int:number}", response=ViewOut, operation_id="change_view", summary="Change a view")
def change_view(request: HttpRequest, number: Number, body: ViewBody) -> ViewOut:
    """Your own; all of it is replaced."""
    view = _view(request, number)
    if view.owner_id != the_person(request).pk:
        raise Http404
    return _shown(_save(the_person(request), view, body), the_person(request))


@router.post(
    "/{int:number}/delete", response=Deleted, operation_id="delete_view", summary="Delete a view"
)
def delete_view(request: HttpRequest, number: Number, body: UnshareBody | None = None) -> Deleted:
    """Your own, for everybody who has it; or only out of the menus of a department."""
    view, by = _view(request, number), the_person(request)
    if body is not None and body.department is not None:
        saved_views.unshare(view, body.department, by=by)
    else:
        saved_views.delete(view, by=by)
    return Deleted()


@router.get(
    "/{int:number}/tickets", response=TicketList, operation_id="view_tickets",
    summary="Tickets of a saved view",
)  # fmt: skip
def view_tickets(
    request: HttpRequest, number: Number, after: After = None, limit: Limit = 50
) -> TicketList:
    """A page of the view, in its own order."""
    question = saved_views.question(_view(request, number), the_person(request))
    if question is None:
        raise Http404
    return page_of(request, question, after, limit)


def _view(request: HttpRequest, number: int) -> SavedView:
    view = saved_views.find(the_person(request), number)
    if view is None:
        raise Http404
    return view


def _save(by: Person, view: SavedView, body: ViewBody) -> SavedView:
    view.list, view.query = body.list, body.query
    return saved_views.save(
        view, by=by, name=body.name, departments=body.departments, in_menu=body.in_menu
    )


def _shown(view: SavedView, reader: Person) -> ViewOut:
    return ViewOut.of(view, reader.pk, _counted([view], reader)[view.pk])


def _counted(views: list[SavedView], person: Person) -> dict[int, str]:
    found, most = saved_views.counts(views, person), saved_views.MOST_COUNTED
    return {pk: f"{most}+" if amount > most else str(amount) for pk, amount in found.items()}
