"""A prepared queryset gives what the queryset itself gives."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Count, Q

from estafeta.accounts.models import Department, Membership, Person
from estafeta.lib import clock
from estafeta.lib.prepared import Prepared
from estafeta.tickets import actions
from estafeta.tickets.models import Entry, Ticket

BY_ID = Prepared(lambda people: Person.objects.filter(pk__in=people).order_by("pk"))
BY_LOGIN = Prepared(lambda login: Person.objects.filter(login=login).only("name"))
MADE = Prepared(lambda since: Person.objects.filter(created_at__gte=since).values_list("login"))
MEMBERS = Prepared(
    lambda people, department: (
        Membership.objects.filter(Q(person__in=people) | Q(department=department))
        .select_related("person", "department")
        .order_by("pk")
    )
)
AMOUNTS = Prepared(
    lambda after: (
        Membership.objects.filter(person__gt=after)
        .order_by()
        .values_list("department")
        .annotate(Count("pk"))
    )
)
SHAPED = Prepared(lambda column, value: Person.objects.filter(**{column: value}))


def test_lists_of_any_length(cast, django_assert_num_queries) -> None:
    people = [who.pk for who in cast.everybody().values()]
    for length in (1, 2, 3, 5, len(people)):
        with django_assert_num_queries(1):
            found = BY_ID(people=people[:length])
        assert found == list(Person.objects.filter(pk__in=people[:length]).order_by("pk"))
    assert BY_ID(people=[]) == []


def test_an_empty_list_takes_nothing_away_from_the_other_way(cast) -> None:
    found = MEMBERS(people=[], department=cast.it.pk)
    assert {row.person for row in found} == {cast.head, cast.agent, cast.agent_b}


def test_related_rows_come_along(cast, django_assert_num_queries) -> None:
    for who in (cast.agent, cast.agent2):
        with django_assert_num_queries(1):
            rows = MEMBERS(people=[who.pk], department=0)
            assert [row.person.name for row in rows] == [who.name]
            assert rows[0].department.name in ("IT", "Accounting")


def test_texts_and_moments(cast) -> None:
    assert [row.name for row in BY_LOGIN(login="anna")] == [cast.agent.name]
    assert BY_LOGIN.first(login="nobody") is None
    now = clock.now()
    assert not MADE(since=now + timedelta(hours=1))
    assert ("anna",) in MADE(since=now - timedelta(hours=1))


def test_groups_are_counted(cast) -> None:
    expected = {cast.it.pk: 3, cast.network.pk: 1, cast.accounting.pk: 1}
    assert dict(AMOUNTS(after=0)) == expected
    assert AMOUNTS(after=10**9) == []


def test_the_shape_is_given_by_position(cast) -> None:
    assert SHAPED("login", value="anna") == [cast.agent]
    assert SHAPED("name", value=cast.agent.name) == [cast.agent]


def test_a_value_that_is_not_given_makes_another_shape(cast) -> None:
    named = Prepared(lambda **values: Person.objects.filter(**values).order_by("pk"))
    assert named(login="anna") == [cast.agent]
    assert named(login="anna", name="somebody else") == []
    assert named(name=cast.agent.name) == [cast.agent]


def test_deferred_columns_are_read_when_asked_for(cast, django_assert_num_queries) -> None:
    [row] = BY_LOGIN(login="anna")
    with django_assert_num_queries(1):
        assert row.phone == cast.agent.phone


def test_a_value_that_the_sql_does_not_hold_is_an_error(cast) -> None:
    with pytest.raises(ValueError, match="not in the SQL"):
        Prepared(lambda _pk: Department.objects.all())(_pk=3)


def test_a_row_is_the_same_object_that_django_would_make(cast) -> None:
    [found], [wanted] = BY_ID(people=[cast.agent.pk]), Person.objects.filter(pk=cast.agent.pk)
    assert {**found.__dict__, "_state": 0} == {**wanted.__dict__, "_state": 0}
    assert (found._state.db, found._state.adding) == (wanted._state.db, wanted._state.adding)
    assert found == wanted
    found.phone = "7"
    found.save()
    assert Person.objects.get(pk=found.pk).phone == "7"


def test_what_a_row_refers_to_is_there_or_none(cast, django_assert_num_queries) -> None:
    with_firm = Prepared(
        lambda people: (
            Person.objects.filter(pk__in=people)
            .select_related("organisation")
            .annotate(amount=Count("memberships"))
            .order_by("pk")
        )
    )
    with django_assert_num_queries(1):
        client, agent = with_firm(people=[cast.client.pk, cast.agent.pk])[::-1]
        assert (client.organisation, client.amount) == (cast.alpha, 0)
        assert (agent.organisation, agent.amount) == (None, 1)


def test_a_column_that_is_too_small_for_stand_ins_is_an_error_and_not_an_empty_answer(cast) -> None:
    of_priority = Prepared(lambda value: Ticket.objects.filter(priority=value))
    of_seq = Prepared(lambda value: Entry.objects.filter(seq__lt=value))
    ticket = actions.open_ticket(by=cast.head, title="Disk", department=cast.it).ticket
    if connection.vendor == "postgresql":
        with pytest.raises(ValueError, match="too small"):
            of_priority(value=2)
    else:
        assert of_priority(value=2) == [ticket]
    assert [entry.ticket_id for entry in of_seq(value=2)] == [ticket.pk]
