from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from estafeta.accounts.models import Person
from estafeta.lib import clock
from estafeta.tickets import actions
from estafeta.tickets.lists import listing, periods
from estafeta.tickets.lists.conditions import Conditions
from estafeta.tickets.lists.filters import MATCHES, Filters, Group, is_filter
from estafeta.tickets.lists.orders import COLUMNS, Order
from estafeta.tickets.lists.paging import Question
from estafeta.tickets.models import Entry, Participant, ReadMark, Tag, Tagging, Ticket, Topic
from estafeta.tickets.statuses import Status
from estafeta.tickets.tests.crowd import START, make_crowd
from tests.cast import Cast

MANY = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TAGS = ("Срочно", "printer", "1С")


class World:
    """A crowd of tickets with topics, tags, doors and marks of reading."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.tickets = make_crowd(cast, seed=5, amount=60)
        self.root = Topic.objects.create(name="Техника")
        self.inner = Topic.objects.create(name="Принтеры", parent=self.root)
        self.deep = Topic.objects.create(name="Лазерные", parent=self.inner)
        self.other = Topic.objects.create(name="Доступ")
        tags = [Tag.objects.create(name=name, key=name.casefold()) for name in TAGS]
        topics = [None, self.root, self.inner, self.deep, self.other]
        for number, ticket in enumerate(self.tickets):
            topic = topics[number % len(topics)]
            opened = START + timedelta(days=number % 9, hours=number % 24)
            Ticket.objects.filter(pk=ticket.pk).update(topic=topic, opened_at=opened)
            for tag in tags[: number % 4]:
                Tagging.objects.create(ticket=ticket, tag=tag)
            Entry.objects.create(
                ticket=ticket, seq=1, verb="open", actor=ticket.author, at=opened,
                via="api" if number % 3 else "desk", previous_hash="", hash=str(number),
            )  # fmt: skip
            for person in (cast.agent, cast.client):
                if number % 2:
                    ReadMark.objects.create(ticket=ticket, person=person, seq=1)
        self.tickets = list(Ticket.objects.all())


@pytest.fixture
def world(cast: Cast) -> World:
    return World(cast)


def found(filters: Filters, reader: Person) -> set[int]:
    tickets = filters.apply(Ticket.objects.all(), reader=reader)
    return set(tickets.values_list("pk", flat=True))


def wanted(world: World, passes: Callable[[Ticket], bool]) -> set[int]:
    return {ticket.pk for ticket in world.tickets if passes(ticket)}


def test_each_condition_is_what_it_says(world: World) -> None:
    cast, reader = world.cast, world.cast.agent
    branch = {world.inner.pk, world.deep.pk}
    with_tag = set(Tagging.objects.filter(tag__name="printer").values_list("ticket", flat=True))
    by_api = set(Entry.objects.filter(seq=1, via="api").values_list("ticket", flat=True))
    expected: list[tuple[Filters, Callable[[Ticket], bool]]] = [
        (Filters(authors=("me",)), lambda t: t.author_id == reader.pk),
        (Filters(authors=(str(cast.lead.pk), "me")), lambda t: t.author in (cast.lead, reader)),
        (Filters(requesters=(str(cast.client.pk),)), lambda t: t.requester == cast.client),
        (Filters(organisations=(cast.alpha.pk,)), lambda t: t.organisation_id == cast.alpha.pk),
        (Filters(topics=(str(world.inner.pk),)), lambda t: t.topic_id in branch),
        (Filters(topics=("none",)), lambda t: t.topic_id is None),
        (
            Filters(topics=("none", str(world.other.pk))),
            lambda t: t.topic_id in (None, world.other.pk),
        ),
        (Filters(tags=("PRINTER",)), lambda t: t.pk in with_tag),
        (Filters(tags=("no such",)), lambda _t: False),
        (Filters(vias=("api",)), lambda t: t.pk in by_api),
        (Filters(performer="nobody"), lambda t: t.performer_id is None),
        (Filters(opened="2026-11-03..2026-11-04"), lambda t: t.opened_at.day in (3, 4)),
        (Filters(opened="..2026-11-03"), lambda t: t.opened_at.day <= 3),
        (Filters(opened="2026-11-05.."), lambda t: t.opened_at.day >= 5),
        (Filters(closed="2026-11-01..2026-11-01"), lambda t: t.closed_at is not None),
    ]  # fmt: skip
    for filters, passes in expected:
        numbers = wanted(world, passes)
        assert found(filters, reader) == numbers, filters
        if "no such" not in filters.tags:
            assert 0 < len(numbers) < len(world.tickets), filters


def test_unread_is_what_the_rows_show(world: World) -> None:
    from estafeta.tickets.verbs import Verb

    cast = world.cast
    ticket = next(t for t in world.tickets if t.requester == cast.client and t.is_open)
    Entry.objects.create(
        ticket=ticket, seq=2, verb=Verb.NOTE, actor=cast.agent, via="desk", at=START,
        previous_hash="", hash="n",
    )  # fmt: skip
    Ticket.objects.filter(pk=ticket.pk).update(journal_length=2)
    ReadMark.objects.filter(ticket=ticket).delete()
    for person in (cast.agent, cast.client):
        ReadMark.objects.create(ticket=ticket, person=person, seq=1)
    assert ticket.pk in found(Filters(unread=True), cast.agent)
    assert ticket.pk not in found(Filters(unread=True), cast.client), "a note is nothing new"
    marked = set(ReadMark.objects.filter(person=cast.client).values_list("ticket", flat=True))
    assert found(Filters(unread=True), cast.client) == wanted(
        world, lambda t: t.status != Status.ARCHIVED and t.pk not in marked
    )


def test_a_client_learns_nothing_by_tags(world: World) -> None:
    assert found(Filters(tags=("printer",)), world.cast.client) == set()
    assert found(Filters(text="tag:printer"), world.cast.client) == set()
    assert found(Filters(text="tag:printer"), world.cast.agent) != set()


conditions = st.builds(
    Conditions,
    statuses=st.lists(st.sampled_from([*Status.values[:7], "open"]), max_size=2, unique=True).map(
        tuple
    ),
    priorities=st.lists(st.integers(1, 4), max_size=2, unique=True).map(tuple),
    performer=st.sampled_from(["", "", "me", "nobody", "others"]),
    deadline=st.sampled_from(["", "", "late", "none"]),
    authors=st.sampled_from([(), (), ("me",)]),
    topics=st.sampled_from([(), (), ("none",)]),
    tags=st.sampled_from([(), (), ("printer",)]),
    closed=st.sampled_from(["", "", "2026-11-01..2026-11-01"]),
    unread=st.booleans(),
)
grouped = st.builds(Group, conditions, st.sampled_from(MATCHES)).filter(
    lambda group: group.conditions != Conditions()
)


@MANY
@given(data=st.data())
def test_groups_are_sets_of_what_their_conditions_find(world: World, data: st.DataObject) -> None:
    reader = data.draw(st.sampled_from([world.cast.agent, world.cast.director]))
    groups = data.draw(st.lists(grouped, min_size=1, max_size=3))
    match = data.draw(st.sampled_from(MATCHES[:2]))
    everything = {ticket.pk for ticket in world.tickets}
    parts = []
    for group in groups:
        sets = [
            found(Filters(**{name: value}), reader)
            for name, value in vars(group.conditions).items()
            if value and name != "asked"
        ]
        either = set().union(*sets)
        parts.append({
            "all": everything.intersection(*sets), "any": either, "none": everything - either,
        }[group.match])  # fmt: skip
    expected = everything.intersection(*parts) if match == "all" else set().union(*parts)
    filters = Filters(groups=tuple(groups), match=match)
    assert found(filters, reader) == expected
    order = Order(data.draw(st.sampled_from(sorted(COLUMNS))), data.draw(st.booleans()))
    question = Question(listing.everything(reader), reader, filters, order)
    numbers, page = [], question.page(7)
    while True:
        numbers += [ticket.pk for ticket in page.tickets]
        if not page.older:
            break
        page = question.page(7, after=page.older)
    assert numbers == list(
        question.all().order_by(*order.keys()).values_list("pk", flat=True)
    )  # fmt: skip


@MANY
@given(
    flat=conditions,
    groups=st.lists(grouped, max_size=3),
    match=st.sampled_from(MATCHES[:2]),
)
def test_filters_survive_an_address(flat: Conditions, groups: list[Group], match: str) -> None:
    values = {name: value for name, value in vars(flat).items() if name != "asked"}
    filters = Filters(**values, groups=tuple(groups), match=match if len(groups) > 1 else "all")
    query = QueryDict(mutable=True)
    for name, value in filters.pairs():
        assert is_filter(name), name
        query.appendlist(name, value)
    again = Filters.read(QueryDict(query.urlencode()))
    assert again == filters
    assert not again.ignored


@pytest.mark.parametrize("name", ["sort", "after", "size", "7.status", "1.", "xstatus", "1.size"])
def test_other_parameters_are_no_filters(name: str) -> None:
    assert not is_filter(name)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("today", "2026-11-24", "2026-11-24"), ("yesterday", "2026-11-23", "2026-11-23"),
        ("week", "2026-11-18", "2026-11-24"), ("month", "2026-10-26", "2026-11-24"),
        ("this_month", "2026-11-01", "2026-11-24"), ("last_month", "2026-10-01", "2026-10-31"),
        ("this_year", "2026-01-01", "2026-11-24"), ("2026-11-05", "2026-11-05", "2026-11-05"),
        ("01.11.2026..", "2026-11-01", "None"), ("..2026-11-05", "None", "2026-11-05"),
    ],
)  # fmt: skip
def test_periods_are_days(text: str, since: str, until: str) -> None:
    with clock.standing_at(datetime(2026, 11, 24, 12, tzinfo=UTC)):
        assert tuple(map(str, periods.days(periods.read(text)))) == (since, until)


@pytest.mark.parametrize(
    "text", ["", "..", "soon", "2026-13-01", "2026-02-30", "0000-01-01", "٢٠٢٦-11-01", "1..2"]
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert periods.read(text) == ""


def test_following_is_what_one_follows_and_sees(world: World) -> None:
    cast = world.cast
    ticket = next(t for t in world.tickets if t.status != Status.ARCHIVED)
    Participant.objects.update_or_create(
        ticket=ticket, person=cast.stranger, defaults={"is_follower": True}
    )
    followed = Question(listing.following(cast.stranger), cast.stranger).page(25).tickets
    assert [one.pk for one in followed] == [ticket.pk]
    assert not Question(listing.following(cast.agent), cast.agent).page(25).tickets


def test_many_values_are_as_many_queries_as_one(cast: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    topic = Topic.objects.create(name="Т")
    actions.open_ticket(by=cast.client, department=cast.it, title="Сканер", topic=topic)
    listing_of, reader = listing.everything(cast.agent), cast.agent
    filters = Filters(
        topics=(str(topic.pk),), tags=("a", "b"), authors=("me",), unread=True,
        groups=(Group(Conditions(vias=("api",), statuses=("open",)), "any"),),
    )  # fmt: skip
    _known = reader.standing
    Question(listing_of, reader, filters).page(25)
    with django_assert_num_queries(1):
        Question(listing_of, reader, replace(filters, authors=("1", "2", "3"))).page(25)
