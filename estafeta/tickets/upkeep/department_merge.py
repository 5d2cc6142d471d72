"""Merging departments: the tickets of one go on in another, each with a line in its journal.

The department itself changes at once, in one transaction; its tickets, the archived ones too, follow
one by one in a background job, so that ten thousand of them keep nobody waiting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from estafeta.accounts.actions.merging import merge_department
from estafeta.accounts.models import Department, Person, Site
from estafeta.tickets.actions import move
from estafeta.tickets.errors import Refused
from estafeta.tickets.models import AnswerTemplate, PendingHandOver, SavedView, Ticket, Topic
from estafeta.tickets.via import Via, coming_via

if TYPE_CHECKING:
    from estafeta.tickets.queries import TicketQuerySet

MOST_AT_ONCE = 500


def tickets_in(department: Department) -> TicketQuerySet:
    """Everything that stands there, the archive too."""
    return Ticket.objects.filter(department=department)


def merge(
    department: Department, *, by: Person, into: Department, keep_heads: bool = False
) -> dict[str, Any]:
    """Make one department part of another; its tickets follow. Raises Invalid, NotAllowed."""
    with transaction.atomic():
        facts = merge_department(
            department, by=by, into=into, keep_heads=keep_heads,
            tickets=tickets_in(department).count(),
            topics=Topic.objects.filter(department=department).count(),
        )  # fmt: skip
        Topic.objects.filter(department=department).update(department=into)
        AnswerTemplate.objects.filter(department=department).update(department=into)
        PendingHandOver.objects.filter(department=department).update(department=into)
        for view in SavedView.objects.filter(shared_with=department):
            view.shared_with.add(into)
        move_tickets.enqueue(department.pk)
    return facts


@task(max_attempts=20)
def move_tickets(department: int) -> None:
    """Move what still stands in a merged department."""
    while _move_some(Department.objects.select_related("merged_into").get(pk=department)):
        pass


def move_stragglers() -> int:
    """What somebody handed over to a department in the very moment of its merge follows too."""
    merged = Department.objects.filter(merged_into__isnull=False).select_related("merged_into")
    return sum(_move_some(department) for department in merged)


def _move_some(department: Department) -> int:
    target = _last_of(department)
    system = Person.objects.system()
    with translation.override(Site.current().language):
        reason = _("%(name)s is now part of %(into)s.") % {
            "name": department.name, "into": target.name,
        }  # fmt: skip
    moved = 0
    with coming_via(Via.SYSTEM):
        for ticket in tickets_in(department).order_by("pk")[:MOST_AT_ONCE]:
            try:
                move(ticket, by=system, department=target, reason=reason)
            except Refused:
                continue
            moved += 1
    told = Ticket.objects.filter(author_department=department)
    told.update(author_department=target)
    return moved


def _last_of(department: Department) -> Department:
    """Where it ends, should its target have been merged in turn."""
    seen = {department.pk}
    while department.merged_into is not None and department.merged_into_id not in seen:
        seen.add(department.merged_into.pk)
        department = department.merged_into
    return department
