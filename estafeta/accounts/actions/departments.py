"""The tree of departments: add, change, move a branch, close, open again, delete."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import F, Max, ProtectedError, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from estafeta.accounts import permissions, security
from estafeta.accounts.actions.action import action, check, fill
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Department, Person, Site
from estafeta.accounts.models.security_entry import Kind
from estafeta.lib import siblings

DEEPEST = 12
"""Levels of the tree; a path has to fit its column."""
POLICIES = (
    "name", "prefix", "is_hidden", "assignment_mode", "hand_over_mode", "hand_over_hours",
    "hand_over_unanswered",
)  # fmt: skip
LONGEST_ANSWER = 720
PREFIX = re.compile(r"[^\W\d_][^\W_]{0,7}")


@action
def create_department(*, by: Person, name: str, parent: Department | None = None) -> Department:
    """Add one, at the top or inside another."""
    permissions.require(permissions.administers(by))
    department = Department(parent=parent, position=_last(parent))
    fill(department, {"name": name})
    _refuse_too_deep(parent, 1)
    check(department)
    department.save()
    security.record(Kind.DEPARTMENT_CREATED, by=by, **_facts(department))
    return department


@action
def change_department(department: Department, *, by: Person, **values: Any) -> list[str]:
    """Rename it, say how work comes to it; old journal lines keep the name of their time."""
    permissions.require(permissions.administers(by))
    if unknown := set(values) - set(POLICIES):
        raise TypeError(f"cannot be set here: {', '.join(sorted(unknown))}")
    if "prefix" in values:
        values["prefix"] = _a_prefix(values["prefix"])
    changes = fill(department, values)
    if not 1 <= department.hand_over_hours <= LONGEST_ANSWER:
        raise Invalid.at("hand_over_hours", _("Choose from 1 to 720 hours."))
    if changes:
        check(department)
        department.save(update_fields=list(changes))
        security.record(Kind.DEPARTMENT_CHANGED, by=by, changes=changes, **_facts(department))
    return list(changes)


def _a_prefix(text: str) -> str:
    prefix = text.strip().upper()
    if prefix and not PREFIX.fullmatch(prefix):
        raise Invalid.at(
            "prefix", _("Up to 8 letters and digits, and a letter first, for example IT.")
        )
    return prefix


@action
def place_department(
    department: Department, *, by: Person, parent: Department | None, before: int | None
) -> None:
    """Put it inside another, before one of those there or after all."""
    permissions.require(permissions.administers(by))
    moved = department.parent_id != (parent.pk if parent else None)
    move_department(department, by=by, parent=parent)
    row = Department.objects.get(pk=department.pk)
    rows = Department.objects.filter(parent=parent).in_tree_order()
    wanted = siblings.put_before(rows, row, before)
    if [other.pk for other in wanted] == [other.pk for other in rows]:
        return
    siblings.number(wanted)
    Site.forget()
    if not moved:
        places = [[other.pk for other in order].index(row.pk) + 1 for order in (rows, wanted)]
        security.record(Kind.DEPARTMENT_CHANGED, by=by, changes={"position": places}, **_facts(row))


@action
def move_department(department: Department, *, by: Person, parent: Department | None) -> None:
    """Put it, with everything below it, inside another department or at the top."""
    permissions.require(permissions.administers(by))
    row = Department.objects.select_for_update().get(pk=department.pk)
    if row.parent_id == (parent.pk if parent else None):
        return
    if parent is not None:
        parent = Department.objects.select_for_update().get(pk=parent.pk)
        if parent.path.startswith(row.path):
            raise Invalid.at("parent", _("A department cannot stand inside itself."))
    below = Department.objects.below([row])
    _refuse_too_deep(parent, 1 + max(child.depth for child in below) - row.depth)
    was = str(row.parent) if row.parent else ""
    row.parent = parent
    check(row)
    old, new = row.path, f"{parent.path if parent else '/'}{row.pk}/"
    below.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
    position = _last(parent)
    Department.objects.filter(pk=row.pk).update(parent=parent, position=position)
    department.parent, department.path, department.position = parent, new, position
    Site.rights_changed()
    changes = {"parent": [was, str(parent) if parent else ""]}
    security.record(Kind.DEPARTMENT_CHANGED, by=by, changes=changes, **_facts(department))


@action
def close_department(department: Department, *, by: Person) -> None:
    """It takes no more tickets. That none is open in it is asked by `tickets.leaving`."""
    permissions.require(permissions.administers(by))
    below = Department.objects.below([department]).exclude(pk=department.pk)
    if below.active().exists():
        raise Invalid.at("", _("Close the departments inside it first."))
    _set_active(department, False, by=by)


@action
def reopen_department(department: Department, *, by: Person) -> None:
    """It takes tickets again."""
    permissions.require(permissions.administers(by))
    if department.parent is not None and not department.parent.is_active:
        raise Invalid.at("", _("Open the department above it first."))
    _set_active(department, True, by=by)


def _set_active(department: Department, is_active: bool, *, by: Person) -> None:
    if department.is_active == is_active:
        return
    department.is_active = is_active
    department.save(update_fields=["is_active"])
    changes = {"is_active": [not is_active, is_active]}
    security.record(Kind.DEPARTMENT_CHANGED, by=by, changes=changes, **_facts(department))


@action
def delete_department(department: Department, *, by: Person) -> None:
    """Remove one that nothing ever happened in and nobody belongs to."""
    permissions.require(permissions.administers(by))
    facts = _facts(department)
    try:
        department.delete()
    except ProtectedError:
        raise Invalid.at(
            "", _("%(name)s has people or history. Close it instead.") % {"name": department}
        ) from None
    Site.rights_changed()
    security.record(Kind.DEPARTMENT_DELETED, by=by, **facts)


def _last(parent: Department | None) -> int:
    """Behind its siblings; 0 where nobody has put them into an order yet."""
    most: int = Department.objects.filter(parent=parent).aggregate(n=Max("position"))["n"] or 0
    return most + 1 if most else 0


def _facts(department: Department) -> dict[str, Any]:
    return {"department": department.pk, "name": department.name}


def _refuse_too_deep(parent: Department | None, levels: int) -> None:
    if parent is not None and parent.depth + 1 + levels > DEEPEST:
        raise Invalid.at("parent", _("The tree would become too deep."))
