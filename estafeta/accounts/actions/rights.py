"""What a person may: rights and places in departments."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from estafeta.accounts import permissions, security
from estafeta.accounts.actions.action import action, fill
from estafeta.accounts.actions.last_administrator import refuse_to_remove
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Department, Membership, Person, Site
from estafeta.accounts.models.security_entry import Kind

RIGHTS = (
    "is_director", "is_administrator", "may_edit_clients", "may_announce", "may_write_knowledge",
    "may_see_reports", "is_lead",
)  # fmt: skip


@action
def set_rights(person: Person, *, by: Person, **rights: bool) -> None:
    """Grant and take rights; those not named stay."""
    permissions.require(permissions.administers(by) and not person.is_system)
    if unknown := set(rights) - set(RIGHTS):
        raise TypeError(f"not a right: {', '.join(sorted(unknown))}")
    row = Person.objects.select_for_update().get(pk=person.pk)
    if row.is_administrator and rights.get("is_administrator") is False:
        refuse_to_remove(row)
    if rights.get("is_lead") and row.organisation_id is None:
        raise Invalid.at("is_lead", _("Choose the organisation first."))
    if rights.get("is_administrator") and not row.login:
        raise Invalid.at("is_administrator", _("An administrator needs a login."))
    changes = fill(row, rights)
    if not changes:
        return
    row.save(update_fields=list(changes))
    Site.rights_changed()
    security.record(Kind.RIGHTS_CHANGED, by=by, about=row, changes=changes)
    for name in changes:
        setattr(person, name, getattr(row, name))
    person.__dict__.pop("standing", None)


@action
def set_memberships(
    person: Person, *, by: Person, places: Iterable[tuple[Department, bool]]
) -> None:
    """Put the person into exactly these departments; True makes him the head there."""
    permissions.require(permissions.administers(by) and not person.is_system)
    wanted = dict(places)
    current = {
        row.department: row
        for row in Membership.objects.select_related("department").filter(person=person)
    }
    before, after = _named({d: row.is_head for d, row in current.items()}), _named(wanted)
    if before == after:
        return
    for department, row in current.items():
        if department not in wanted:
            row.delete()
    for department, is_head in wanted.items():
        if department not in current and not department.is_active:
            raise Invalid.at("departments", _("%(name)s is closed.") % {"name": department.name})
        Membership.objects.update_or_create(
            person=person, department=department, defaults={"is_head": is_head}
        )
    Site.rights_changed()
    security.record(Kind.MEMBERSHIPS_CHANGED, by=by, about=person, before=before, after=after)
    person.__dict__.pop("standing", None)


@action
def put_into_department(
    person: Person, department: Department, *, by: Person, is_head: bool | None
) -> None:
    """Make the person its head, its member, or with None neither; other departments stay."""
    rows = person.memberships.select_related("department").exclude(department=department)
    places = {row.department: row.is_head for row in rows}
    if is_head is not None:
        places[department] = is_head
    set_memberships(person, by=by, places=places.items())


def _named(places: dict[Department, bool]) -> list[dict[str, object]]:
    return [
        {"id": department.pk, "name": department.name, "head": is_head}
        for department, is_head in sorted(places.items(), key=lambda item: item[0].pk)
    ]
