"""How one comes to a talk: by the menu, the palette, the card of a person."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from estafeta.chat.actions import common_room
from estafeta.chat.tests.talks import say
from tests.cast import Cast


def test_the_menu_and_the_bar_of_the_phone_count_talks_with_news(cast: Cast, anna: Client) -> None:
    say(common_room(), cast.head)
    page = anna.get("/inbox").text
    assert page.count('data-counter="chat">1<') == 2
    assert 'href="/chat"' in page


def test_the_menu_asks_once_for_both(cast: Cast, anna: Client) -> None:
    with CaptureQueriesContext(connection) as counted:
        anna.get("/following")
    assert sum("chat_seat" in query["sql"] for query in counted.captured_queries) == 1


def test_the_palette_writes_to_colleagues_and_not_to_clients(cast: Cast, anna: Client) -> None:
    def urls(asked: str) -> list[str]:
        return [row["url"] for row in anna.get("/palette", {"q": asked}).json()["results"]]

    assert f"/chat/with/{cast.agent2.pk}" in urls("Vera")
    assert not [url for url in urls("Clara") if url.startswith("/chat")]
    assert not [url for url in urls("Anna") if url.startswith("/chat/with")]


def test_the_card_of_a_colleague_leads_to_a_talk(cast: Cast, anna: Client, clara: Client) -> None:
    address = f"/chat/with/{cast.agent2.pk}"
    assert address in anna.get(f"/people/{cast.agent2.pk}/card").text
    assert "/chat/with/" not in anna.get(f"/people/{cast.client.pk}/card").text
    assert "/chat/with/" not in clara.get(f"/people/{cast.client.pk}/card").text
