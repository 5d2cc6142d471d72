"""Programs that administer at the same moment."""

from __future__ import annotations

from typing import Any

import pytest

from estafeta.accounts import security
from estafeta.accounts.models import Department, Membership, Person, SecurityEntry
from tests.cast import Cast
from tests.program import Program
from tests.test_races import at_once, cast, real_database  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PATH = "/administration"


def _asking(who: Person, path: str, /, **sent: Any) -> Any:
    program = Program.of(who, "admin")
    return lambda: program.post(f"{PATH}{path}", **sent)


def test_the_same_addition_sent_five_times_at_once_is_made_once(cast: Cast) -> None:  # noqa: F811
    sent = {"key": "k-1", "name": "Новый"}
    answers = at_once(*(_asking(cast.admin, "/departments", **sent) for _number in range(5)))
    assert [answer.status_code for answer in answers] == [201] * 5
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("Idempotent-Replayed" not in answer for answer in answers) == 1
    assert Department.objects.filter(name="Новый").count() == 1
    assert SecurityEntry.objects.filter(kind="structure.department_created").count() == 1
    assert list(security.faults()) == []


def test_of_changes_to_the_same_version_one_is_made(cast: Cast) -> None:  # noqa: F811
    path = f"/people/{cast.agent.pk}"
    tag = Program.of(cast.admin, "admin").get(f"{PATH}{path}")["ETag"]
    answers = at_once(
        *(_asking(cast.admin, path, if_match=tag, room=str(number)) for number in range(4))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    assert SecurityEntry.objects.filter(kind="people.changed").count() == 1


def test_nobody_loses_a_place_when_several_are_given_at_once(cast: Cast) -> None:  # noqa: F811
    rows = [Department.objects.create(name=f"D{number}") for number in range(4)]
    sent = {"person": cast.agent.pk, "role": "member"}
    answers = at_once(
        *(_asking(cast.admin, f"/departments/{row.pk}/members", **sent) for row in rows)
    )
    assert [answer.status_code for answer in answers] == [200] * 4
    found = Membership.objects.filter(person=cast.agent).values_list("department", flat=True)
    assert set(found) == {cast.it.pk, *(row.pk for row in rows)}


def test_two_administrators_who_dismiss_each_other_leave_one(cast: Cast) -> None:  # noqa: F811
    cast.head.is_administrator = True
    cast.head.save()
    answers = at_once(
        _asking(cast.admin, f"/people/{cast.head.pk}", is_administrator=False),
        _asking(cast.head, f"/people/{cast.admin.pk}", is_administrator=False),
    )
    assert sorted(answer.status_code for answer in answers)[0] == 200
    assert Person.objects.filter(is_administrator=True, is_active=True).count() == 1
