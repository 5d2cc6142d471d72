from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from estafeta.accounts.models import Person
from estafeta.desk.lists.highlight import mark
from estafeta.tickets import actions
from estafeta.tickets.models import Ticket
from tests.cast import Cast

At = Callable[[Person], Client]


def order(cast: Cast, title: str, **more: object) -> Ticket:
    values = {"by": cast.client, "department": cast.it, **more}
    return actions.open_ticket(title=title, **values).ticket  # type: ignore[arg-type]


def found(client: Client, text: str) -> list[int]:
    page = client.get("/search", {"q": text}).content.decode()
    return [int(n) for n in re.findall(r'id="row-(\d+)"', page)]


def test_search_finds_titles_texts_and_comments_in_any_form_of_a_word(cast: Cast, at: At) -> None:
    title = order(cast, "Закончился картридж")
    text = order(cast, "Тихо", text="Принтер просит картриджи")
    comment = order(cast, "Ничего")
    actions.reply(comment, by=cast.agent, text="Заказали два картриджа")
    assert found(at(cast.agent), "картриджами") == [comment.pk, text.pk, title.pk]


def test_search_shows_only_what_the_reader_may_see(cast: Cast, at: At) -> None:
    ticket = order(cast, "Zebra", text="secret stripes")
    actions.note(ticket, by=cast.agent, text="hidden hippo")
    for name, person in cast.everybody().items():
        sees = person in (
            cast.director, cast.head, cast.agent, cast.agent_b, cast.client, cast.lead,
        )  # fmt: skip
        client = at(person)
        assert (found(client, "zebra") == [ticket.pk]) == sees, name
        assert (found(client, "hippo") == [ticket.pk]) == (sees and person.is_agent), name
        titles = [row["label"] for row in client.get("/palette", {"q": "zebra"}).json()["results"]]
        assert ("Zebra" in titles) == sees, name


@pytest.mark.parametrize("sign", ["#{}", "№ {}", " # {} "])
def test_an_exact_number_goes_straight_to_the_ticket(cast: Cast, at: At, sign: str) -> None:
    ticket = order(cast, "Zebra")
    query = {"q": sign.format(ticket.pk)}
    assert at(cast.agent).get("/search", query).headers["Location"] == f"/tickets/{ticket.pk}"
    answer = at(cast.stranger).get("/search", query)
    assert answer.status_code == 200
    assert "Zebra" not in answer.content.decode()


def test_the_empty_search_says_what_one_can_look_for(cast: Cast, at: At) -> None:
    order(cast, "Zebra")
    page = at(cast.agent).get("/search").content.decode()
    assert "What are you looking for?" in page
    assert "Zebra" not in page


@pytest.mark.parametrize("text", ["#99999999999999999999", "№", "#-1", "\x00", "<b>", "%", "'"])
def test_naughty_searches_find_nothing_and_break_nothing(cast: Cast, at: At, text: str) -> None:
    client = at(cast.agent)
    assert client.get("/search", {"q": text}).status_code == 200
    assert client.get("/palette", {"q": text}).status_code == 200


def test_found_words_are_marked_in_whatever_form_they_stand() -> None:
    assert mark("Закончились картриджи", "картридж") == "Закончились <mark>картриджи</mark>"
    assert mark("<b>Disk</b> & disks", "disk") == (
        "&lt;b&gt;<mark>Disk</mark>&lt;/b&gt; &amp; <mark>disks</mark>"
    )
    assert mark("Disk", "") == "Disk"


def test_the_palette_offers_pages_to_all_and_people_to_staff(cast: Cast, at: At) -> None:
    def kinds(person: Person, text: str) -> set[tuple[str, str]]:
        rows = at(person).get("/palette", {"q": text}).json()["results"]
        return {(row["kind"], row["url"]) for row in rows}

    assert ("page", "/archive") in kinds(cast.client, "archive")
    assert kinds(cast.client, "Boris") == set()
    assert ("person", f"/tickets?performer={cast.agent_b.pk}") in kinds(cast.agent, "Boris")
    assert ("person", f"/clients/{cast.client.pk}") in kinds(cast.agent, "Clara")


def test_the_palette_puts_words_of_the_title_first(cast: Cast, at: At) -> None:
    named = order(cast, "The printer jams")
    for number in range(8):
        order(cast, f"Cartridge {number}", text="It is the printer again")
    rows = at(cast.agent).get("/palette", {"q": "printer"}).json()["results"]
    assert rows[0]["url"] == f"/tickets/{named.pk}"
