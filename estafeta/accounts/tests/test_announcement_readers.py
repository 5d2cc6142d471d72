"""Whom an announcement is for is one rule, asked from both ends."""

from __future__ import annotations

import itertools

import pytest

from estafeta.accounts import announcing
from estafeta.accounts.actions.announcements import announce
from estafeta.accounts.announcement_readers import readers
from estafeta.accounts.models import Announcement, Person
from estafeta.accounts.models.announcement import Audience, Role
from tests.cast import Cast

ROLE_SETS = [
    roles
    for size in (1, 2)
    for roles in itertools.combinations([role.value for role in Role], size)
]


def _both_ends(row: Announcement) -> None:
    found = set(
        readers(row.audience, departments=list(row.departments.all()), roles=row.roles.split())
    )
    paths = tuple(department.path for department in row.departments.all())
    for person in Person.objects.active():
        shown = announcing.concerns(person, row, paths)
        listed = announcing.addressed_to(person).filter(pk=row.pk).exists()
        assert (person in found) == shown == listed, (person.login, row.audience, row.roles)


@pytest.mark.parametrize("audience", [Audience.EVERYBODY, Audience.STAFF, Audience.CLIENTS])
def test_everybody_staff_and_clients(cast: Cast, audience: Audience) -> None:
    row = announce(by=cast.admin, text="Hello", audience=audience)
    assert readers(audience).exists()
    _both_ends(row)


def test_each_department_with_all_below_and_the_heads_above(cast: Cast) -> None:
    for department in (cast.it, cast.accounting):
        row = announce(
            by=cast.admin, text="Hello", audience=Audience.DEPARTMENTS, departments=[department]
        )
        _both_ends(row)


@pytest.mark.parametrize("roles", ROLE_SETS)
def test_any_roles(cast: Cast, roles: tuple[str, ...]) -> None:
    _both_ends(announce(by=cast.admin, text="Hello", audience=Audience.ROLES, roles=roles))


def test_whoever_left_reads_nothing(cast: Cast) -> None:
    Person.objects.filter(pk=cast.agent.pk).update(is_active=False)
    assert cast.agent not in readers(Audience.EVERYBODY)
