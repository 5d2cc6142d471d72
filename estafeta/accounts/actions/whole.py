"""A department or a person as one form or request describes it: several actions, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from estafeta.accounts import security
from estafeta.accounts.actions import departments, people, rights
from estafeta.accounts.actions.rights import RIGHTS
from estafeta.accounts.models import Department, Person

Places = Mapping[Department, bool]
"""Department -> whether as its head."""


def save_department(
    department: Department | None, values: Mapping[str, Any], *, by: Person
) -> Department:
    """Add it, or change it; what `values` leaves out stays as it is."""
    policies = {name: value for name, value in values.items() if name != "parent"}
    with transaction.atomic():
        security.lock()
        if department is None:
            department = departments.create_department(
                by=by, name=policies.pop("name"), parent=values.get("parent")
            )
            departments.change_department(department, by=by, **policies)
            return department
        departments.change_department(department, by=by, **policies)
        if "parent" in values:
            departments.move_department(department, by=by, parent=values["parent"])
    return department


def save_person(
    person: Person | None, values: Mapping[str, Any], places: Places | None, *, by: Person
) -> Person:
    """Add somebody, or change card, rights and departments; what is left out stays as it is."""
    card = {name: value for name, value in values.items() if name not in RIGHTS}
    granted = {name: value for name, value in values.items() if name in RIGHTS}
    with transaction.atomic():
        security.lock()
        if person is None:
            person = people.create_person(by=by, **card)
        else:
            people.edit_card(person, by=by, **card)
        if places is not None:
            rights.set_memberships(person, by=by, places=places.items())
        rights.set_rights(person, by=by, **granted)
    return person
