from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from estafeta.lib import fulltext
from estafeta.tickets.lists import listing, paging, search
from estafeta.tickets.lists.filters import DEADLINES, WAITS, Filters
from estafeta.tickets.lists.orders import COLUMNS, BadCursor, Order
from estafeta.tickets.lists.paging import Question
from estafeta.tickets.models import Ticket
from estafeta.tickets.statuses import Status
from estafeta.tickets.tests.crowd import make_crowd
from tests.cast import Cast

ORDERS = st.builds(Order, st.sampled_from(sorted(COLUMNS)), st.booleans())
MANY = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def filters(draw: st.DrawFn) -> Filters:
    some = st.sampled_from(["", "", "", "x"])
    return Filters(
        statuses=tuple(draw(st.lists(st.sampled_from([*Status.values, "open"]), max_size=2))),
        departments=tuple(draw(st.lists(st.sampled_from([1, 2, 3, 99]), max_size=2))),
        performer=draw(st.sampled_from(["", "", "me", "nobody", "others", "3"])),
        priorities=tuple(draw(st.lists(st.integers(1, 4), max_size=2))),
        deadline=draw(st.sampled_from(DEADLINES)) if draw(some) else "",
        waits=draw(st.sampled_from(WAITS)) if draw(some) else "",
    )


def placed(asked: Filters, cast: Cast) -> Filters:
    """The same filters with the numbers of this test's departments and people."""
    numbers = {1: cast.it.pk, 2: cast.network.pk, 3: cast.accounting.pk, 99: 10**9}
    people = {"3": str(cast.agent.pk)}
    return Filters(
        statuses=asked.statuses,
        departments=tuple(numbers[number] for number in asked.departments),
        performer=people.get(asked.performer, asked.performer),
        priorities=asked.priorities,
        deadline=asked.deadline,
        waits=asked.waits,
    )


def walk(question: Question, size: int) -> list[int]:
    """All pages, one after the other."""
    numbers: list[int] = []
    page = question.page(size)
    while True:
        numbers += [ticket.pk for ticket in page.tickets]
        if not page.older:
            return numbers
        page = question.page(size, after=page.older)


@pytest.fixture(params=[1, 2])
def crowd(cast: Cast, request: pytest.FixtureRequest) -> Cast:
    make_crowd(cast, seed=request.param, amount=90)
    return cast


@MANY
@given(data=st.data())
def test_all_pages_together_are_the_whole_list_in_order(crowd: Cast, data: st.DataObject) -> None:
    reader = data.draw(st.sampled_from(sorted(crowd.everybody().items())))[1]
    name = data.draw(st.sampled_from(sorted(listing.LISTS)))
    question = Question(
        listing.LISTS[name](reader),
        reader,
        placed(data.draw(filters()), crowd),
        data.draw(ORDERS),
        is_dense=data.draw(st.booleans()),
    )
    expected = question.all().order_by(*question.order.keys())
    assert walk(question, data.draw(st.integers(1, 40))) == [ticket.pk for ticket in expected]


@MANY
@given(data=st.data())
def test_going_back_shows_the_page_before(crowd: Cast, data: st.DataObject) -> None:
    reader = data.draw(st.sampled_from([crowd.head, crowd.agent, crowd.director, crowd.lead]))
    question = Question(listing.everything(reader), reader, order=data.draw(ORDERS))
    size = data.draw(st.integers(1, 9))
    first = question.page(size)
    second = question.page(size, after=first.older) if first.older else first
    third = question.page(size, after=second.older) if second.older else second
    if third is not second:
        assert question.page(size, before=third.newer).tickets == second.tickets
    if second is not first:
        assert question.page(size, before=second.newer).tickets == first.tickets


def test_everything_is_what_the_rule_lets_a_person_see(crowd: Cast) -> None:
    for person in crowd.everybody().values():
        numbers = walk(Question(listing.everything(person), person), 25)
        assert set(numbers) == set(
            Ticket.objects.visible_to(person).values_list("pk", flat=True)
        ), person.login


def test_the_inbox_is_what_is_addressed_to_a_person(crowd: Cast) -> None:
    for person in crowd.everybody().values():
        numbers = walk(Question(listing.inbox(person), person), 25)
        assert set(numbers) == set(
            Ticket.objects.addressed_to(person).values_list("pk", flat=True)
        ), person.login


def test_a_department_holds_what_is_addressed_to_it(crowd: Cast) -> None:
    numbers = walk(Question(listing.department(crowd.head, crowd.network.pk), crowd.head), 10)
    current = Ticket.objects.current().filter(department=crowd.network)
    assert set(numbers) == set(current.values_list("pk", flat=True))


@pytest.mark.parametrize("change", [lambda c: c[:-3] + "AAA", lambda c: c[4:], lambda c: "я" + c])
def test_a_forged_cursor_is_refused(crowd: Cast, change) -> None:  # type: ignore[no-untyped-def]
    question = Question(listing.everything(crowd.director), crowd.director)
    cursor = question.page(5).older
    with pytest.raises(BadCursor):
        question.page(5, after=change(cursor))


def test_a_cursor_of_another_order_is_refused(crowd: Cast) -> None:
    everything = listing.everything(crowd.director)
    cursor = Question(everything, crowd.director).page(5).older
    with pytest.raises(BadCursor):
        Question(everything, crowd.director, order=Order("number")).page(5, after=cursor)


def test_a_page_costs_one_query_however_many_ways_to_see(
    crowd: Cast, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for person in (crowd.head, crowd.agent, crowd.client, crowd.director):
        _known = person.standing
        with django_assert_num_queries(1):
            Question(listing.everything(person), person).page(25)


@pytest.mark.parametrize("most", [1, 7, 300])
def test_pages_of_a_search_are_all_that_matches(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(paging, "MOST_MATCHES", most)
    tickets = make_crowd(cast, seed=3, amount=80)
    search.write([(t.pk, fulltext.tokens(t.title), ["internal"]) for t in tickets])
    for person in cast.everybody().values():
        for text in ("printer", "disks", "internal", str(tickets[5].pk)):
            question = Question(
                listing.everything(person), person, Filters(text=text), Order("number")
            )
            expected = sorted(question.all().values_list("pk", flat=True), reverse=True)
            assert walk(question, 5) == expected, (person.login, text)
            assert (
                bool(expected)
                or text in ("internal", str(tickets[5].pk))
                or (not Ticket.objects.visible_to(person).exists())
            )
