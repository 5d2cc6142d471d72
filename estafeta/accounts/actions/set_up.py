"""The first administrator: on the first-run page, or from the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from estafeta.accounts import security
from estafeta.accounts.actions import departments, people, rights, site
from estafeta.accounts.actions.action import action
from estafeta.accounts.actions.passwords import hashed
from estafeta.accounts.errors import Invalid, Refused
from estafeta.accounts.models import Person, Site
from estafeta.accounts.models.security_entry import Kind
from estafeta.lib.text import one_line


class AlreadySetUp(Refused):
    """Somebody was quicker."""

    def __str__(self) -> str:
        return _("This installation is set up already.")


def create_administrator(*, name: str, login: str, password: str, email: str = "") -> Person:
    """Add an administrator from the command line; the installation then counts as set up."""
    password_hash = _checked_hash(name=name, login=login, email=email, password=password)
    return _administrator(name=name, login=login, email=email, password_hash=password_hash)


def set_up(
    *,
    settings: dict[str, Any],
    administrator: dict[str, str],
    department_names: Sequence[str],
    is_head: bool,
) -> Person:
    """Everything the first-run page asks, all or nothing; raises AlreadySetUp for the second."""
    values = dict(administrator)
    password_hash = _checked_hash(**administrator)
    values.pop("password")
    return _set_up(
        settings=settings, values=values, password_hash=password_hash,
        names=department_names, is_head=is_head,
    )  # fmt: skip


def _checked_hash(*, name: str, login: str, email: str, password: str) -> str:
    if not one_line(login):
        raise Invalid.at("login", _("Choose a login."))
    return hashed(password, person=Person(login=login, name=name, email=email))


@action
def _set_up(
    *,
    settings: dict[str, Any],
    values: dict[str, str],
    password_hash: str,
    names: Sequence[str],
    is_head: bool,
) -> Person:
    row = Site.objects.select_for_update().get_or_create(pk=1)[0]
    if row.is_set_up:
        raise AlreadySetUp
    row.save(update_fields=list(site.apply(row, settings)))
    system = Person.objects.system()
    made = []
    for name in names:
        try:
            made.append(departments.create_department(by=system, name=name))
        except Invalid as wrong:
            raise Invalid.at("departments", f"{name}: {wrong}") from None
    administrator = _administrator(password_hash=password_hash, **values)
    if is_head:
        if not made:
            raise Invalid.at("departments", _("Name the department you lead."))
        rights.set_memberships(administrator, by=system, places=[(made[0], True)])
    return administrator


@action
def _administrator(*, name: str, login: str, email: str, password_hash: str) -> Person:
    system = Person.objects.system()
    person = people.create_person(by=system, name=name, login=login, email=email)
    person.password = password_hash
    person.save(update_fields=["password"])
    rights.set_rights(person, by=system, is_administrator=True)
    Site.objects.update_or_create(pk=1, defaults={"is_set_up": True})
    Site.forget()
    security.record(Kind.SET_UP, by=system, about=person)
    return person
