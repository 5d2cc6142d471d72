"""Departments say whether and when they receive people who ask for an operator."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from estafeta.accounts import permissions, security
from estafeta.accounts.actions.action import action, check, fill
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Department, Person
from estafeta.accounts.models.security_entry import Kind
from estafeta.chat.models import Reception
from estafeta.chat.models.reception import ALL_DAYS
from estafeta.chat.operators import receiving

FIELDS = (
    "is_open", "about", "days", "opens_at", "closes_at", "greeting", "closed_words",
    "return_minutes", "close_hours",
)  # fmt: skip


def may_change(department: Department, *, by: Person) -> bool:
    """Administrators everywhere, heads for their departments."""
    return permissions.administers(by) or (by.is_active and department.pk in by.standing.headed)


def of_department(department: Department) -> Reception:
    """Its row, or what it would begin with."""
    row = Reception.objects.filter(department=department).first()
    return row or Reception(department=department)


@action
def change(department: Department, *, by: Person, **values: Any) -> Reception:
    """Change some of it. Raises Invalid, NotAllowed."""
    permissions.require(may_change(department, by=by))
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"cannot be set here: {', '.join(sorted(unknown))}")
    row = of_department(department)
    changes = fill(row, values)
    _check(row)
    row.save()
    receiving.forget()
    if changes:
        told = {
            name: [str(one) if one is not None else "" for one in pair]
            for name, pair in changes.items()
        }
        security.record(
            Kind.SETTINGS_CHANGED, by=by, changes=told, name=department.name,
            department=department.pk,
        )  # fmt: skip
    return row


def _check(row: Reception) -> None:
    errors: dict[str, list[str]] = {}
    if set(row.days) - set(ALL_DAYS):
        errors["days"] = [_("Choose days of the week.")]
    elif row.is_open and not row.days:
        errors["days"] = [_("Choose at least one day of the week.")]
    if (row.opens_at is None) != (row.closes_at is None):
        field = "opens_at" if row.opens_at is None else "closes_at"
        errors[field] = [_("Give both times, or neither.")]
    elif row.opens_at is not None and row.opens_at == row.closes_at:
        errors["closes_at"] = [
            _("It would be open the whole day. Leave both times empty for that.")
        ]
    if errors:
        raise Invalid(errors)
    row.days = "".join(day for day in ALL_DAYS if day in row.days)
    check(row)
