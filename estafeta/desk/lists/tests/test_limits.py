"""Whoever asks too often is told in words when to go on; opening lists and tickets is not counted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from estafeta.accounts.models import Person
from estafeta.desk.limits import LIMITS, Limited
from estafeta.lib import rate
from estafeta.tickets.models import Attachment
from tests.cast import Cast
from tests.orders import order

At = Callable[[Person], Client]
HTMX = {"HX-Request": "true"}
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def once_a_minute(settings: Any, db: None) -> Iterator[None]:
    """Of everything that is counted, one is answered."""
    settings.DESK_RATES = dict.fromkeys(Limited, 1)
    rate.forget()
    cache.clear()
    yield
    rate.forget()


def upload(client: Client) -> Any:
    file = SimpleUploadedFile("a.txt", b"text")
    return client.post("/attachments", {"file": file, "name": "a.txt"})


WAYS: dict[Limited, list[Callable[[Client, int], Any]]] = {
    Limited.UPLOAD: [lambda c, _n: upload(c)],
    Limited.STORY: [lambda c, n: c.get(f"/tickets/{n}/story.json")],
    Limited.EXPORT: [
        lambda c, _n: c.get("/lists/all/export.csv"),
        lambda c, _n: c.get("/lists/all/export.xlsx"),
        lambda c, _n: c.get("/lists/all/print"),
    ],
    Limited.SEARCH: [
        lambda c, _n: c.get("/search?q=printer"),
        lambda c, _n: c.get("/inbox?q=printer"),
        lambda c, _n: c.get("/search/beside?q=printer", headers=HTMX),
        lambda c, _n: c.get("/palette?q=printer", headers=JSON),
    ],
    Limited.PREVIEW: [lambda c, _n: c.post("/preview", {"text": "**bold**"}, headers=HTMX)],
}


@pytest.mark.parametrize("what", Limited)
def test_the_second_of_each_is_refused_with_words_and_a_time(
    cast: Cast, at: At, what: Limited
) -> None:
    number = order(cast).pk
    for way in WAYS[what]:
        rate.forget()
        cache.clear()
        client = at(cast.agent)
        assert way(client, number).status_code < 300, way
        refused = way(client, number)
        assert refused.status_code == 429
        assert 1 <= int(refused["Retry-After"]) <= 60
        assert str(LIMITS[what].words) in json_or_text(refused)
        assert way(at(cast.head), number).status_code < 300, "counted for each person"


def json_or_text(response: Any) -> str:
    text: str = response.content.decode()
    return json.loads(text)["error"] if text.startswith("{") else text


def test_a_page_offers_the_same_again(cast: Cast, at: At) -> None:
    client = at(cast.agent)
    client.get("/lists/all/print")
    page = client.get("/lists/all/print?status=new").content.decode()
    assert 'href="/lists/all/print?status=new"' in page


@pytest.mark.parametrize("more", [{}, {"HX-Boosted": "true"}])
def test_htmx_gets_a_toast_and_nothing_to_put_into_the_page(
    cast: Cast, at: At, more: dict[str, str]
) -> None:
    client = at(cast.agent)
    client.get("/search?q=printer", headers=HTMX)
    refused = client.get("/search?q=printer", headers=HTMX | more)
    toast = json.loads(refused["HX-Trigger"])["toast"]
    assert toast["tone"] == "error"
    assert toast["text"] == refused.content.decode()
    assert "<" not in toast["text"]


def test_a_file_too_many_is_not_kept_and_may_be_sent_again(cast: Cast, at: At) -> None:
    client = at(cast.agent)
    upload(client)
    assert upload(client).status_code == 429
    assert Attachment.objects.count() == 1
    cache.clear()
    assert upload(client).status_code == 201


def test_lists_tickets_and_live_refreshes_are_not_counted(cast: Cast, at: At) -> None:
    client, number = at(cast.agent), order(cast).pk
    client.get("/inbox?q=printer")
    for address in ("/inbox", f"/tickets/{number}", "/search", "/"):
        assert {client.get(address).status_code for _n in range(3)} == {200}
    assert client.get("/inbox?q=printer&shown=", headers=HTMX).status_code == 200


def test_zero_is_any_number(cast: Cast, at: At, settings: Any) -> None:
    settings.DESK_RATES = dict.fromkeys(Limited, 0)
    client = at(cast.agent)
    assert {client.get("/search?q=printer").status_code for _n in range(5)} == {200}
