from __future__ import annotations

import pytest

from estafeta.tickets.lists import listing
from estafeta.tickets.lists.counters import WORKING, Counters, Load
from estafeta.tickets.lists.workday import workday_of
from estafeta.tickets.models import Ticket
from estafeta.tickets.queries import TicketQuerySet
from estafeta.tickets.statuses import Status
from estafeta.tickets.tests.crowd import make_crowd
from tests.cast import Cast


def counted(tickets: TicketQuerySet, person: object) -> Load:
    mine = Ticket.objects.performed_by(person).values("pk")  # type: ignore[arg-type]
    working = tickets.filter(status__in=WORKING)
    return Load(
        open=tickets.open().count(),
        free=tickets.free().count(),
        mine=working.filter(pk__in=mine).count(),
        others=working.exclude(pk__in=mine).count(),
        review=tickets.filter(status=Status.REVIEW).count(),
        late=tickets.late().count(),
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_kept_numbers_are_those_one_would_count(cast: Cast, seed: int) -> None:
    make_crowd(cast, seed=seed, amount=120)
    for person in cast.everybody().values():
        counters, seen = Counters(person), Ticket.objects.all()
        assert counters.inbox == counted(seen.addressed_to(person), person), person.login
        after_reading = Counters(person)
        assert len(after_reading.own) == counters.ties.total()
        assert (after_reading.ties, after_reading.inbox) == (counters.ties, counters.inbox)
        assert counters.sent.total() == seen.open().sent_by(person).count()
        assert counters.to_accept == seen.to_be_accepted_by(person).count()
    head = Counters(cast.head)
    inside = listing.department(cast.head, cast.network.pk).everything()
    assert head.department(cast.network.pk) == counted(inside, cast.head)


def test_everybody_is_told_only_of_what_he_sees(cast: Cast) -> None:
    make_crowd(cast, seed=5, amount=120)
    for person in cast.everybody().values():
        day = workday_of(Counters(person))
        shown = [ticket.pk for tickets in vars(day).values() for ticket in tickets]
        assert len(shown) == len(set(shown)), "a ticket stands in one place only"
        visible = Ticket.objects.visible_to(person).filter(pk__in=shown).count()
        assert visible == len(shown), person.login


def test_the_day_of_an_agent_is_sorted_into_its_kinds(cast: Cast) -> None:
    make_crowd(cast, seed=4, amount=150)
    day = workday_of(Counters(cast.agent))
    assert day.mine
    assert all(t.performer_id == cast.agent.pk and t.status == "in_progress" for t in day.mine)
    assert [t.due for t in day.mine] == sorted(t.due for t in day.mine)
    assert all(t.status == Status.NEW and not t.is_late for t in day.free)
    assert all(t.is_late for t in day.late)
    assert all(t.status == Status.WAITING for t in day.waiting)


@pytest.mark.parametrize("amount", [10, 150])
def test_counting_costs_the_same_however_much_there_is(
    cast: Cast, amount: int, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    make_crowd(cast, seed=6, amount=amount)
    _known = cast.head.standing
    with django_assert_max_num_queries(6):
        counters = Counters(cast.head)
        workday_of(counters)  # first, as on the dashboard: what it has read is not counted anew
        assert counters.inbox
        assert counters.sent.total() >= 0
        assert counters.to_accept >= 0
