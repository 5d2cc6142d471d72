"""List = page = search = API = live stream: one rule of sight, whoever asks, wherever he asks."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from estafeta.accounts.models import Person, Site
from estafeta.lib import rate
from estafeta.realtime import changes
from estafeta.tickets import visibility
from estafeta.tickets.lists import listing
from estafeta.tickets.lists.paging import Question
from estafeta.tickets.models import Participant, Ticket
from estafeta.tickets.verbs import BY_SYSTEM, Verb
from tests.program import Program
from tests.storm import World, arguments

VERBS = sorted(set(Verb) - {Verb.OPEN} - BY_SYSTEM)
# Words that no text of the product or of another ticket has.
WORDS = ("ондатра", "бегемот", "пеликан", "выхухоль", "кашалот")
MOST = settings(
    derandomize=True, database=None, deadline=None, phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip

openings = st.lists(st.tuples(st.integers(0, 9), arguments), min_size=2, max_size=4)
acts = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from(VERBS), arguments), max_size=12
)
moves = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.integers(0, 2),
        st.sampled_from(["join", "lead", "leave", "deactivate"]),
    ),
    max_size=5,
)


def _world(openings: Any, acts: Any, moves: Any) -> World:
    """Tickets written by anybody, acted upon by anybody, with people moving about meanwhile."""
    world = World()
    for who, given_values in openings:
        word = WORDS[len(world.tickets) % len(WORDS)]
        good = {"title": word, "text": "", "acceptance": "nobody", "priority": 2, "deadline": None}
        place = max(given_values["department"], 0)
        world.open(who, {**given_values, **good, "department": place})
    for number, (who, which, verb, given_values) in enumerate(acts):
        good = {"reason": "Потому что", "text": "Слово", "title": None, "wait_for": "part"}
        if verb not in (Verb.EDIT, Verb.SPLIT, Verb.ADD_SUBTASK):
            world.act(who, which, verb, {**given_values, **good, "until": None})
        if number < len(moves):
            world.change_rights(*moves[number])
    return world


def _fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


@given(openings=openings, acts=acts, moves=moves)
@settings(MOST, max_examples=30)
def _rule_as_filter_and_in_memory(openings: Any, acts: Any, moves: Any) -> None:
    with transaction.atomic():
        world = _world(openings, acts, moves)
        tickets = list(Ticket.with_deleted.all())
        _up_to, told = changes.after(0)
        assert {change.ticket.pk for change in told} == {ticket.pk for ticket in tickets}
        for person in map(_fresh, world.people):
            seen = set(Ticket.objects.visible_to(person).values_list("pk", flat=True))
            for ticket in tickets:
                ties = Participant.objects.filter(ticket=ticket).values_list("person", flat=True)
                assert visibility.sees(person.standing, ticket, set(ties)) == (ticket.pk in seen)
            if person.is_active:
                listed = Question(listing.everything(person), person)
                assert {row.pk for row in listed.page(100).tickets} == seen
                assert {row.pk for row in listed.all()} == seen
            nudged = {
                c.ticket.pk for c in told if b"event: ticket" in c.told_to(person.standing, 1)
            }
            staff_only = {c.ticket.pk for c in told if c.is_staff_only}
            assert nudged - staff_only == seen - staff_only
        transaction.set_rollback(True)


@given(openings=openings, acts=acts, moves=moves)
@settings(MOST, max_examples=6)
def _page_search_and_api(openings: Any, acts: Any, moves: Any) -> None:
    with transaction.atomic():
        world = _world(openings, acts, moves)
        Site.objects.update_or_create(pk=1, defaults={"is_set_up": True})
        Site.forget()
        words = dict(Ticket.objects.values_list("pk", "title"))
        for person in map(_fresh, world.people[:-1]):
            seen = set(Ticket.objects.visible_to(person).values_list("pk", flat=True))
            if person.is_active:
                _ask_everywhere(person, words, seen)
        transaction.set_rollback(True)


def _ask_everywhere(person: Person, words: dict[int, str], seen: set[int]) -> None:
    program, browser = Program.of(person), Client(raise_request_exception=False)
    browser.force_login(person, backend=django_settings.AUTHENTICATION_BACKENDS[0])
    in_list = browser.get("/tickets").content.decode()
    api_list = {row["number"] for row in program.get("/tickets", limit=100).json()["tickets"]}
    assert api_list == seen
    for number, word in words.items():
        expected = 200 if number in seen else 404
        row = f'href="/tickets/{number}"'
        assert (row in in_list) == (number in seen), "list"
        assert browser.get(f"/tickets/{number}").status_code == expected, "page"
        assert program.get(f"/tickets/{number}").status_code == expected, "API"
        found = {one["number"] for one in program.get("/tickets", q=word).json()["tickets"]}
        assert (number in found) == (number in seen), "search of the API"
        page = browser.get("/search", {"q": word}).content.decode()
        assert (row in page) == (number in seen), "search of the desk"
        if number not in seen:
            assert word not in in_list, "a foreign title"


@pytest.mark.slow
def test_the_rule_is_one_whether_filter_list_memory_or_stream(db: None) -> None:
    _rule_as_filter_and_in_memory()


@pytest.mark.slow
def test_page_list_search_and_api_show_the_same(db: None, settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 0
    rate.forget()
    _page_search_and_api()
