"""Common words are found on a walk along the tickets: the same ones, and without the index."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.lists import common_words, listing, search
from estafeta.tickets.lists.filters import Filters
from estafeta.tickets.lists.orders import Order
from estafeta.tickets.lists.paging import Question
from estafeta.tickets.models import Ticket
from tests.cast import Cast
from tests.orders import order, taken

WORDS = ("принтер", "принтерный", "картридж", "скан", "inv-20345", "сканирование", "кабель")
ASKED = (
    "принтер", "при", "картридж принтер", "скан", "inv-20345", "inv", "кабель", "к", "заметка",
    "файл", "отсутствует", "принтер отсутствует", "3",
)  # fmt: skip


@pytest.fixture
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """As with a million tickets, in small."""
    monkeypatch.setattr(common_words, "LOOKED_AT", 40)
    monkeypatch.setattr(common_words, "STEPS", (7, 20))


def tickets(cast: Cast) -> None:
    chance = random.Random(7)
    for number in range(60):
        words = chance.sample(WORDS, chance.randint(1, 3))
        department = chance.choice([cast.it, cast.network, cast.accounting])
        ticket = order(
            cast, title=" ".join(words), department=department,
            by=chance.choice([cast.client, cast.stranger, cast.head]),
        )  # fmt: skip
        if number % 4 == 0:
            actions.reply(ticket, by=cast.director, text=chance.choice(WORDS))
            actions.note(ticket, by=cast.director, text="заметка картридж")


def walked_through(reader: Person, text: str, size: int) -> list[int]:
    question = Question(listing.everything(reader), reader, Filters(text=text), Order("number"))
    found, after = [], ""
    while True:
        page = question.page(size, after=after)
        found += [ticket.pk for ticket in page.tickets]
        after = page.older
        if not after:
            return found


def test_page_by_page_the_same_is_found_as_by_the_index(
    cast: Cast, few_are_many: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    tickets(cast)
    walks: list[Any] = []
    among = common_words.Common.among
    monkeypatch.setattr(
        common_words.Common, "among", lambda *given: walks.append(given) or among(*given)
    )
    for reader in (cast.director, cast.head, cast.agent, cast.client, cast.stranger, cast.lead):
        for text in ASKED:
            rows = search.matching(Ticket.objects.visible_to(reader), text, reader=reader)
            expected = list(rows.order_by("-number").values_list("number", flat=True))
            for size in (3, 10):
                assert walked_through(reader, text, size) == expected, (reader.login, text, size)
    assert len(walks) > 100


def test_a_common_word_does_not_ask_the_index_for_all_that_begins_with_it(
    cast: Cast, few_are_many: None
) -> None:
    for _n in range(12):
        order(cast, title="Принтер")
    with CaptureQueriesContext(connection) as asked:
        assert len(walked_through(cast.agent, "принтер", 5)) == 12
    sign = "':*" if connection.vendor == "postgresql" else '" *'
    whole = [query["sql"] for query in asked if sign in query["sql"]]
    narrow = ("ticket IN", "LIMIT 40")
    assert all(any(part in sql for part in narrow) for sql in whole), whole


def test_a_client_meets_no_word_of_a_note(cast: Cast, few_are_many: None) -> None:
    for _n in range(12):
        ticket = taken(cast, requester=cast.client)
        actions.note(ticket, by=cast.agent, text="тайна")
    assert len(walked_through(cast.agent, "тайна", 5)) == 12
    assert walked_through(cast.client, "тайна", 5) == []
