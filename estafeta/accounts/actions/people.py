"""People: add, edit, switch off and on, delete."""

from __future__ import annotations

from typing import Any

from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from estafeta.accounts import permissions, security, sessions
from estafeta.accounts.actions.action import action, fill
from estafeta.accounts.actions.check_person import check_person
from estafeta.accounts.actions.last_administrator import refuse_to_remove
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Membership, Person, Site
from estafeta.accounts.models.security_entry import Kind

CARD = ("name", "email", "phone", "room", "position", "contacts", "organisation")
"""What people know each other by; the card of a client may be kept by agents."""
ACCOUNT = ("login", "language", "time_zone")
OWN = (
    "email", "phone", "room", "position", "contacts", "language", "time_zone", "theme",
    "popup_sound", "popup_place", "state_shown_to",
)  # fmt: skip
"""What a person changes in his own profile."""
_UNTOLD = {"theme", "popup_sound", "popup_place", "state_shown_to", "language", "time_zone"}
"""Taste, not security: not written into the trail."""


@action
def create_person(*, by: Person, **values: Any) -> Person:
    """Add somebody; rights, departments and password follow with their own actions."""
    permissions.require(permissions.administers(by))
    return _create(values, CARD + ACCOUNT, by=by)


@action
def create_client(*, by: Person, **values: Any) -> Person:
    """Add a client, who has no login yet; never changes a card that exists."""
    permissions.require(permissions.may_add_clients(by))
    return _create(values, CARD, by=by)


def _create(values: dict[str, Any], fields: tuple[str, ...], *, by: Person) -> Person:
    person = Person(password="!")
    fill(person, _only(values, fields))
    check_person(person)
    person.save()
    security.record(Kind.PERSON_CREATED, by=by, about=person)
    return person


@action
def edit_card(person: Person, *, by: Person, **values: Any) -> list[str]:
    """Change name and contacts, by an administrator also the login; gives the changed fields."""
    row = Person.objects.select_for_update().get(pk=person.pk)
    permissions.require(permissions.may_edit_card(by, row))
    if values.get("email", row.email) != row.email:
        permissions.require(permissions.may_change_email(by, row))
    fields = CARD + ACCOUNT if permissions.administers(by) else CARD
    return _change(person, row, _only(values, fields), by=by)


@action
def edit_profile(person: Person, *, by: Person, **values: Any) -> list[str]:
    """Change one's own contacts and settings."""
    permissions.require(by.pk == person.pk and by.is_active)
    row = Person.objects.select_for_update().get(pk=person.pk)
    return _change(person, row, _only(values, OWN), by=by)


def _change(person: Person, row: Person, values: dict[str, Any], *, by: Person) -> list[str]:
    changes = fill(row, values)
    if not changes:
        return []
    check_person(row)
    lost_login = "login" in changes and not row.login
    if lost_login:
        refuse_to_remove(row)
        row.set_unusable_password()
    row.save(update_fields=[*changes, "password"] if lost_login else list(changes))
    if lost_login:
        sessions.end(row)
    if told := {name: pair for name, pair in changes.items() if name not in _UNTOLD}:
        security.record(Kind.PERSON_CHANGED, by=by, about=row, changes=told)
    for name in changes:
        setattr(person, name, getattr(row, name))
    return list(changes)


@action
def set_photo(person: Person, *, by: Person, name: str) -> str:
    """Point to another photo, or to none with an empty name; gives the name of the old one."""
    permissions.require(by.pk == person.pk or permissions.may_edit_card(by, person))
    row = Person.objects.select_for_update().get(pk=person.pk)
    before, row.photo = row.photo, name
    row.save(update_fields=["photo"])
    person.photo = name
    return before


@action
def deactivate(person: Person, *, by: Person) -> bool:
    """Switch off: signed out everywhere at once, offered nowhere; all that was done stays.

    What the person works on is given away by `tickets.leaving`, which begins here. False: he was
    switched off already.
    """
    permissions.require(permissions.administers(by) and not person.is_system)
    row = Person.objects.select_for_update().get(pk=person.pk)
    if not row.is_active:
        return False
    refuse_to_remove(row)
    row.is_active = person.is_active = False
    row.save(update_fields=["is_active"])
    sessions.end(row)
    Site.rights_changed()
    security.record(Kind.PERSON_DEACTIVATED, by=by, about=row)
    return True


@action
def reactivate(person: Person, *, by: Person) -> None:
    """Switch on again, with the rights and departments of before."""
    permissions.require(permissions.administers(by) and not person.is_system)
    row = Person.objects.select_for_update().get(pk=person.pk)
    if row.is_active:
        return
    row.is_active = person.is_active = True
    row.save(update_fields=["is_active"])
    Site.rights_changed()
    security.record(Kind.PERSON_REACTIVATED, by=by, about=row)


@action
def delete(person: Person, *, by: Person) -> None:
    """Remove somebody of whom nothing is told anywhere; who has history is deactivated instead."""
    permissions.require(permissions.administers(by) and not person.is_system)
    refuse_to_remove(person)
    number = person.pk
    sessions.end(person)
    Membership.objects.filter(person=person).delete()
    try:
        person.delete()
    except (ProtectedError, RestrictedError):
        raise Invalid.at(
            "", _("%(name)s has history here. Switch the person off instead.") % {"name": person}
        ) from None
    person.pk = None
    Site.rights_changed()
    security.record(Kind.PERSON_DELETED, by=by, person=number, name=person.name)


def _only(values: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    if unknown := set(values) - set(fields):
        raise TypeError(f"cannot be set here: {', '.join(sorted(unknown))}")
    return values
