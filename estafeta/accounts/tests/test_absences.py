"""Being away: who may enter it, what is refused, who stands in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from estafeta.accounts import security
from estafeta.accounts.actions.absences import change_absence, end_absence, set_absence
from estafeta.accounts.deputies import Away, Row
from estafeta.accounts.errors import Invalid, NotAllowed
from estafeta.accounts.gone import gone
from estafeta.accounts.models import Absence, Person, SecurityEntry
from tests.cast import Cast

DAY = timedelta(days=1)


def away(
    person: Person, by: Person | None = None, *, start: float = 0, days: float = 7, **more: Any
) -> Absence:
    begins = timezone.now() + start * DAY
    return set_absence(
        person, by=by or person, starts_at=begins, ends_at=begins + days * DAY, **more
    )


MAY = {
    "agent": {"director", "head", "agent", "admin"},
    "network_agent": {"director", "head", "network_agent", "admin"},
    "agent2": {"director", "agent2", "admin"},
    "head": {"director", "head", "admin"},
    "client": set(),
}


@pytest.mark.parametrize("who", MAY)
def test_oneself_heads_directors_and_administrators_enter_it(cast: Cast, who: str) -> None:
    everybody, allowed = cast.everybody(), set()
    for name, by in everybody.items():
        try:
            row = away(everybody[who], by)
        except NotAllowed:
            continue
        allowed.add(name)
        row.delete()
    assert allowed == MAY[who]


def test_each_step_is_written_into_the_trail(cast: Cast) -> None:
    row = away(cast.agent, cast.head, deputy=cast.agent_b)
    change_absence(row, by=cast.agent, deputy=None)
    change_absence(row, by=cast.agent, deputy=None)
    end_absence(row, by=cast.agent)
    rows = SecurityEntry.objects.filter(about=cast.agent).order_by("seq")
    assert [(one.kind, one.actor) for one in rows] == [
        ("people.absence_set", cast.head),
        ("people.absence_changed", cast.agent),
        ("people.absence_removed", cast.agent),
    ]
    assert rows[0].facts["absence"]["deputy"] == "Boris Agent"
    assert not list(security.faults())


def test_who_is_back_earlier_ends_it_and_what_never_began_goes(cast: Cast) -> None:
    now, later = away(cast.agent), away(cast.agent, start=10)
    end_absence(now, by=cast.agent)
    end_absence(later, by=cast.agent)
    (kept,) = Absence.objects.all()
    assert kept.pk == now.pk
    assert kept.is_over
    with pytest.raises(Invalid):
        change_absence(kept, by=cast.agent, reason="no")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"days": -1}, "ends_at"),
        ({"start": -9, "days": 2}, "ends_at"),
        ({"start": 3}, "starts_at"),
        ({"start": 20, "reason": "x" * 121}, "reason"),
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, given: dict[str, Any], field: str) -> None:
    away(cast.agent)
    with pytest.raises(Invalid) as refused:
        away(cast.agent, **given)
    assert set(refused.value.errors) == {field}


@pytest.mark.parametrize("who", ["agent", "client", "agent_b"])
def test_a_deputy_works_here_and_is_somebody_else(cast: Cast, who: str) -> None:
    Person.objects.filter(pk=cast.agent_b.pk).update(is_active=False)
    with pytest.raises(Invalid) as refused:
        away(cast.agent, deputy=Person.objects.get(pk=getattr(cast, who).pk))
    assert set(refused.value.errors) == {"deputy"}


def test_without_an_end_it_lasts_until_the_person_is_back(cast: Cast) -> None:
    row = set_absence(cast.agent, by=cast.agent, starts_at=timezone.now())
    assert Away.at(timezone.now() + 900 * DAY).of(cast.agent.pk)
    with pytest.raises(Invalid):
        away(cast.agent, start=400)
    end_absence(row, by=cast.agent)
    assert not Away.at(timezone.now()).of(cast.agent.pk)


def chain(**deputies: int | None) -> Away:
    return Away(Row(int(name.strip("p")), deputy, False, None) for name, deputy in deputies.items())


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({}, None),
        ({"p1": None}, None),
        ({"p1": 2}, 2),
        ({"p1": 2, "p2": 3}, 3),
        ({"p1": 2, "p2": None}, None),
        ({"p1": 2, "p2": 1}, None),
        ({"p1": 2, "p2": 3, "p3": 2}, None),
        ({"p1": 2, "p2": 3, "p3": 4, "p4": 5}, 5),
        ({"p1": 2, "p2": 3, "p3": 4, "p4": 5, "p5": 6}, 6),
        ({"p1": 2, "p2": 3, "p3": 4, "p4": 5, "p5": 6, "p6": 7}, None),
    ],
)
def test_chains_are_followed_and_circles_left(
    rows: dict[str, int | None], expected: int | None
) -> None:
    assert chain(**rows).stand_in(1) == expected


def test_a_deputy_who_was_switched_off_stands_in_for_nobody(cast: Cast) -> None:
    away(cast.agent, deputy=cast.agent_b)
    assert Away.at(timezone.now()).stand_in(cast.agent.pk) == cast.agent_b.pk
    Person.objects.filter(pk=cast.agent_b.pk).update(is_active=False)
    assert Away.at(timezone.now()).stand_in(cast.agent.pk) is None


def test_pages_name_who_really_stands_in(cast: Cast, django_assert_num_queries: Any) -> None:
    away(cast.agent, deputy=cast.agent_b, reason="Holiday")
    away(cast.agent_b, deputy=cast.head, days=3)
    away(cast.agent2, start=5)
    with django_assert_num_queries(3):
        found = gone([cast.agent.pk, cast.agent2.pk, cast.head.pk])
    assert set(found) == {cast.agent.pk}
    assert (found[cast.agent.pk].deputy, found[cast.agent.pk].reason) == (cast.head, "Holiday")
    with django_assert_num_queries(1):
        assert gone([cast.head.pk]) == {}
