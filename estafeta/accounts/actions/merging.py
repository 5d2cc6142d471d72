"""One department becomes part of another: its people and what is inside it move there."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from estafeta.accounts import permissions, security
from estafeta.accounts.actions import departments, rights
from estafeta.accounts.actions.action import action
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Announcement, Department, Membership, Person
from estafeta.accounts.models.security_entry import Kind


@action
def merge_department(
    department: Department, *, by: Person, into: Department, keep_heads: bool, **counts: int
) -> dict[str, Any]:
    """Move people and inner departments, close it for good; gives the facts of the protocol.

    What else moves with it (tickets, topics) is counted by `tickets.department_merge`; rooms of which
    nobody has to know here are named by the setting `DEPARTMENT_FOLLOWERS`.
    """
    permissions.require(permissions.administers(by))
    row = Department.objects.select_for_update().get(pk=department.pk)
    target = Department.objects.select_for_update().get(pk=into.pk)
    if row.merged_into_id is not None:
        raise Invalid.at("into", _("This department is merged already."))
    if target.path.startswith(row.path):
        raise Invalid.at(
            "into", _("A department cannot be merged into itself or what is inside it.")
        )
    if not target.is_active:
        raise Invalid.at("into", _("%(name)s is closed.") % {"name": target.name})
    people = _move_people(row, target, by=by, keep_heads=keep_heads)
    inside = list(Department.objects.filter(parent=row).in_tree_order())
    for child in inside:
        departments.move_department(child, by=by, parent=target)
    for announcement in Announcement.objects.filter(departments=row):
        announcement.departments.add(target)
    row.merged_into, row.is_active = target, False
    row.save(update_fields=["merged_into", "is_active"])
    department.merged_into, department.is_active = target, False
    for follower in settings.DEPARTMENT_FOLLOWERS:
        import_string(follower)(row, target)
    facts: dict[str, Any] = {
        "department": row.pk, "name": row.name, "into": {"id": target.pk, "name": target.name},
        "moved": {"people": people, "departments": [child.name for child in inside], **counts},
    }  # fmt: skip
    security.record(Kind.DEPARTMENT_MERGED, by=by, **facts)
    return facts


def _move_people(
    source: Department, target: Department, *, by: Person, keep_heads: bool
) -> list[str]:
    moved = []
    for membership in Membership.objects.filter(department=source).select_related("person"):
        person = membership.person
        rows = person.memberships.select_related("department")
        places = {row.department: row.is_head for row in rows if row.department_id != source.pk}
        leads = membership.is_head and keep_heads
        places[target] = places.get(target, False) or leads
        rights.set_memberships(person, by=by, places=places.items())
        moved.append(person.name)
    return moved
