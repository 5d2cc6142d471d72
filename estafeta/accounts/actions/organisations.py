"""Organisations whose people are clients."""

from __future__ import annotations

from typing import Any

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from estafeta.accounts import permissions, security
from estafeta.accounts.actions.action import action, check, fill
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Organisation, Person
from estafeta.accounts.models.security_entry import Kind


@action
def save_organisation(
    organisation: Organisation | None = None, *, by: Person, **values: Any
) -> Organisation:
    """Add one, or change name, note and whether it is active."""
    permissions.require(permissions.administers(by))
    row, kind = organisation or Organisation(), Kind.ORGANISATION_CHANGED
    if row.pk is None:
        kind = Kind.ORGANISATION_CREATED
    changes = fill(row, values)
    check(row)
    row.save()
    if changes:
        security.record(kind, by=by, organisation=row.pk, name=row.name, changes=changes)
    return row


@action
def delete_organisation(organisation: Organisation, *, by: Person) -> None:
    """Remove one that nobody belongs to and no ticket tells of."""
    permissions.require(permissions.administers(by))
    number = organisation.pk
    try:
        organisation.delete()
    except ProtectedError:
        raise Invalid.at(
            "", _("%(name)s has people or history. Switch it off instead.") % {"name": organisation}
        ) from None
    security.record(Kind.ORGANISATION_DELETED, by=by, organisation=number, name=organisation.name)
