"""The tree of departments: read, add, change, put in order, close, delete, members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from estafeta.accounts.actions import departments as actions
from estafeta.accounts.actions.rights import put_into_department
from estafeta.accounts.actions.whole import save_department
from estafeta.accounts.models import Department
from estafeta.api.administration import room
from estafeta.api.administration.lookups import somebody
from estafeta.api.administration.room import IfMatch, as_it_was, created, tagged
from estafeta.api.lookups import department_named, the_person
from estafeta.api.paging import Number
from estafeta.api.schemas.administration.base import Done, PlaceBody
from estafeta.api.schemas.administration.departments import (
    DepartmentBody,
    DepartmentChange,
    ManagedDepartment,
    ManagedDepartments,
    MemberBody,
)
from estafeta.api.submitting import IdempotencyKey
from estafeta.tickets.lists import tallies
from estafeta.tickets.statuses import OPEN_STATUSES
from estafeta.tickets.upkeep import leaving

router = room.router("Administration: departments")


def department_or_404(number: int) -> Department:
    """With what is shown of it."""
    found = _loaded().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@router.get(
    "", response=ManagedDepartments, operation_id="manage_departments",
    summary="All departments with what is set for them",
)  # fmt: skip
def departments(request: HttpRequest) -> ManagedDepartments:
    """Closed and merged ones too, with their members and how many tickets are open in each."""
    counts = tallies.by_department()
    return ManagedDepartments(
        departments=[
            ManagedDepartment.of(
                row, sum(counts.get(row.pk, Counter())[status] for status in OPEN_STATUSES)
            )
            for row in _loaded().in_tree_order()
        ]
    )


@router.post(
    "", response={201: ManagedDepartment}, operation_id="add_department", summary="Add a department"
)
def add(
    request: HttpRequest,
    response: HttpResponse,
    body: DepartmentBody,
    idempotency_key: IdempotencyKey = None,
) -> ManagedDepartment:
    """At the top, or inside another; what is left out is as in a new department of the desk."""
    by = the_person(request)
    return created(
        request, response, idempotency_key,
        lambda: save_department(None, _values(body), by=by), _shown,
    )  # fmt: skip


@router.get(
    "/{int:number}", response=ManagedDepartment, operation_id="managed_department",
    summary="One department",
)  # fmt: skip
def one(request: HttpRequest, response: HttpResponse, number: Number) -> ManagedDepartment:
    """Its `ETag` can be sent as `If-Match` with a change."""
    return tagged(response, _shown(number))


@router.post(
    "/{int:number}", response=ManagedDepartment, operation_id="change_department",
    summary="Change a department",
)  # fmt: skip
def change(
    request: HttpRequest,
    response: HttpResponse,
    number: Number,
    body: DepartmentChange,
    if_match: IfMatch = None,
) -> ManagedDepartment:
    """What is left out stays. With another `parent` everything below it moves too."""
    by = the_person(request)
    with as_it_was(if_match, lambda: _shown(number)):
        save_department(department_or_404(number), _values(body), by=by)
    return tagged(response, _shown(number))


@router.post(
    "/{int:number}/place", response=ManagedDepartment, operation_id="place_department",
    summary="Put a department elsewhere",
)  # fmt: skip
def place(
    request: HttpRequest, response: HttpResponse, number: Number, body: PlaceBody
) -> ManagedDepartment:
    """Inside another one, before one of those that stand there."""
    parent, by = department_named(body.parent, "parent"), the_person(request)
    row = department_or_404(number)
    actions.place_department(row, by=by, parent=parent, before=body.before)
    return tagged(response, _shown(number))


@router.post(
    "/{int:number}/members", response=ManagedDepartment, operation_id="put_into_department",
    summary="Say who belongs to a department",
)  # fmt: skip
def members(
    request: HttpRequest, response: HttpResponse, number: Number, body: MemberBody
) -> ManagedDepartment:
    """One person; the other departments of that person stay."""
    row, person = department_or_404(number), somebody(body.person, "person")
    is_head = None if body.role == "none" else body.role == "head"
    put_into_department(person, row, by=the_person(request), is_head=is_head)
    return tagged(response, _shown(number))


def _switch(name: str, act: Callable[..., object], summary: str, told: str) -> None:
    def switch(request: HttpRequest, response: HttpResponse, number: Number) -> ManagedDepartment:
        act(department_or_404(number), by=the_person(request))
        return tagged(response, _shown(number))

    switch.__doc__ = told
    router.post(
        f"/{{int:number}}/{name}", response=ManagedDepartment,
        operation_id=f"{name}_department", summary=summary,
    )(switch)  # fmt: skip


_switch(
    "close", leaving.department_closes, "Close a department",
    "It takes no more tickets. None may be open in it, and those inside it are closed first.",
)  # fmt: skip
_switch("reopen", actions.reopen_department, "Open a department again", "It takes tickets again.")


@router.post(
    "/{int:number}/delete",
    response=Done,
    operation_id="delete_department",
    summary="Delete a department",
)
def delete(request: HttpRequest, number: Number) -> Done:
    """Only one without people and history; others are closed."""
    actions.delete_department(department_or_404(number), by=the_person(request))
    return Done()


def _values(body: DepartmentChange) -> dict[str, Any]:
    values = body.given()
    if "parent" in values:
        values["parent"] = department_named(values["parent"], "parent")
    return values


def _shown(number: int) -> ManagedDepartment:
    row = department_or_404(number)
    return ManagedDepartment.of(row, leaving.open_in(row))


def _loaded() -> Any:
    rows = Department.objects.select_related("parent", "merged_into")
    return rows.prefetch_related("memberships__person")
