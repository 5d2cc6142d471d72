"""Merging departments: what follows, doing it, and how far the tickets have come."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Status

from estafeta.accounts import security
from estafeta.accounts.models import Department, Membership, SecurityEntry
from estafeta.accounts.models.security_entry import Kind
from estafeta.api.administration import room
from estafeta.api.administration.departments import department_or_404
from estafeta.api.lookups import department_named, the_person
from estafeta.api.paging import Number
from estafeta.api.schemas.administration.merging import Follows, MergeBodyOfDepartment, MergeOut
from estafeta.api.schemas.tickets import a_name, maybe
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Topic
from estafeta.tickets.upkeep import department_merge, leaving

router = room.router("Administration: departments")


@router.get(
    "/{int:number}/merge", response=MergeOut, operation_id="department_merge",
    summary="What a merge moves or has moved",
)  # fmt: skip
def state(request: HttpRequest, number: Number) -> MergeOut:
    """Before: what would follow. After: ask until `is_finished`; the tickets follow one by one."""
    return _state(number)


@router.post(
    "/{int:number}/merge", response={200: MergeOut, 202: MergeOut},
    operation_id="merge_department", summary="Merge a department into another",
)  # fmt: skip
def merge(request: HttpRequest, number: Number, body: MergeBodyOfDepartment) -> Status[MergeOut]:
    """For good: people, inner departments, topics and tickets move, and it is closed.

    200 when no ticket has to follow, otherwise 202: the work goes on. Sent again for the same
    target it tells how far it has come.
    """
    by = the_person(request)
    with transaction.atomic():
        security.lock()
        row = department_or_404(number)
        if row.merged_into_id is None or row.merged_into_id != body.into:
            into = department_named(body.into, "into")
            if into is None:
                raise Invalid("into", _("Choose a department."))
            department_merge.merge(row, by=by, into=into, keep_heads=body.keep_heads)
    made = _state(number)
    return Status(200 if made.is_finished else 202, made)


def _state(number: int) -> MergeOut:
    row = department_or_404(number)
    left = department_merge.tickets_in(row).count()
    is_merged = row.merged_into_id is not None
    return MergeOut(
        department=a_name(row), merged_into=maybe(row.merged_into),
        follows=_moved(row) if is_merged else _to_move(row, left),
        open_tickets=leaving.open_in(row), tickets_left=left if is_merged else 0,
        is_finished=is_merged and not left,
    )  # fmt: skip


def _to_move(row: Department, tickets: int) -> Follows:
    people = Membership.objects.filter(department=row).order_by("person__name")
    inside = Department.objects.filter(parent=row).in_tree_order()
    return Follows(
        people=list(people.values_list("person__name", flat=True)),
        departments=[child.name for child in inside],
        topics=Topic.objects.filter(department=row).count(), tickets=tickets,
    )  # fmt: skip


def _moved(row: Department) -> Follows:
    entries = SecurityEntry.objects.filter(kind=Kind.DEPARTMENT_MERGED, facts__department=row.pk)
    entry = entries.first()
    moved: dict[str, Any] = entry.facts["moved"] if entry else {}
    return Follows(
        people=sorted(moved.get("people", [])), departments=moved.get("departments", []),
        topics=moved.get("topics", 0), tickets=moved.get("tickets", 0),
    )  # fmt: skip
