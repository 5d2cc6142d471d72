"""A topic that is for staff is named to clients nowhere, not even as what another stands in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from estafeta.accounts.models import Person
from estafeta.tickets.models import Topic
from tests.cast import Cast
from tests.orders import order

At = Callable[[Person], Client]


@pytest.fixture
def printers(cast: Cast) -> Topic:
    """Offered to everybody, and put into a topic of the staff."""
    hidden = Topic.objects.create(name="Troublemakers", is_hidden=True)
    above = Topic.objects.create(name="Devices", parent=hidden)
    topic = Topic.objects.create(name="Printers", parent=above)
    order(cast, by=cast.client, topic=topic)
    return topic


def test_hints_of_topics_name_no_hidden_one(cast: Cast, at: At, printers: Topic) -> None:
    def hints(person: Person) -> list[str]:
        answer = at(person).get("/filters/suggest/topics", {"q": "printers"})
        return [row["hint"] for row in answer.json()["results"]]

    assert hints(cast.client) == ["Devices"]
    assert hints(cast.agent) == ["Troublemakers › Devices"]


def test_columns_and_files_name_no_hidden_one(cast: Cast, at: At, printers: Topic) -> None:
    for person, is_told in ((cast.client, False), (cast.head, True)):
        client = at(person)
        name = "sent" if person == cast.client else "all"
        place = "sent" if person == cast.client else "tickets"
        client.post(
            "/lists/look",
            {"place": place, "column": ["number", "title", "topic"], "density": ""},
            headers={"HX-Request": "true"},
        )
        page = client.get(f"/{place}?look={place}").content.decode()
        answer = client.get(f"/lists/{name}/export.csv?look={place}")
        file = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
        assert "Devices › Printers" in file
        for text in (page, file):
            assert ("Troublemakers" in text) is is_told


def test_clients_do_not_try_names_of_hidden_topics_by_searching(
    cast: Cast, at: At, printers: Topic
) -> None:
    def found(person: Person, text: str) -> bool:
        return "Сервер 1С" in at(person).get("/search", {"q": text}).content.decode()

    assert found(cast.head, "topic:troublemakers")
    assert not found(cast.client, "topic:troublemakers")
    assert found(cast.client, "topic:devices")
