"""Standing asked for many people at once is the standing of each, at the cost of one."""

from typing import Any

import pytest

from estafeta.accounts.models import Department, Membership, Person
from estafeta.accounts.standing import Standing
from tests.cast import Cast, member, person


@pytest.fixture
def crowd(cast: Cast) -> list[Person]:
    """The cast, and somebody who heads a branch here and is a member there."""
    cabling = Department.objects.create(name="Cabling", parent=cast.network)
    both = member(person("olga", "Olga Both"), cast.network, head=True)
    member(both, cast.accounting)
    member(person("ivan", "Ivan Cabling"), cabling)
    person("left", "Left Person", is_active=False)
    return list(Person.objects.all())


def test_many_at_once_equal_each_alone(crowd: list[Person]) -> None:
    together = Standing.of_all(crowd)
    assert together == {one.pk: Standing.of(one) for one in crowd}
    olga = together[Person.objects.get(login="olga").pk]
    assert len(olga.headed) == 2
    assert len(olga.member_of) == 2


def test_a_head_of_one_department_is_not_the_head_of_its_neighbour(cast: Cast) -> None:
    # /1/ must not lead into /11/.
    for number in range(12):
        Department.objects.create(name=f"Department {number}")
    assert Standing.of(cast.head).headed == {cast.it.pk, cast.network.pk}


def test_many_people_cost_no_more_queries_than_one(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    people = Person.objects.bulk_create(
        Person(login=f"p{number}", name=f"Person {number}", password="!") for number in range(200)
    )
    Membership.objects.bulk_create(
        Membership(person=one, department=cast.it, is_head=one.pk % 2 == 0) for one in people
    )
    with django_assert_max_num_queries(2):
        assert len(Standing.of_all(people)) == 200
