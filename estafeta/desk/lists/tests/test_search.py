from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from estafeta.accounts.models import Person
from estafeta.desk.lists.highlight import mark
from estafeta.tickets import actions
from estafeta.tickets.models import RecentSearch, Tag, Ticket
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


HX = {"HX-Request": "true"}


def test_operators_narrow_and_words_are_marked(cast: Cast, at: At) -> None:
    first = order(cast, "The printer jams")
    order(cast, "The printer is fine", by=cast.agent)
    client = at(cast.agent)
    assert found(client, "printer from:clara") == [first.pk]
    page = client.get("/search", {"q": "printer from:clara"}).content.decode()
    assert "<mark>printer</mark>" in page
    assert "status:nonsense" in client.get("/search?q=status:nonsense").content.decode()


def test_where_an_operator_found_nothing_the_page_says_which_there_are(cast: Cast, at: At) -> None:
    order(cast, title="Принтер")
    for text, helps in (("performer:nobody", True), ("zebra", False), ("status:new", False)):
        page = at(cast.agent).get("/search", {"q": text}).content.decode()
        assert ("Narrow a search" in page) is helps, text


def test_a_piece_of_the_text_tells_why_a_ticket_was_found(cast: Cast, at: At) -> None:
    text = order(
        cast, "Quiet", text="a " * 200 + "Там закончились картриджи <b>совсем</b> " + "z " * 200
    )
    comment = order(cast, "Still")
    actions.reply(comment, by=cast.agent, text="Заказали картридж")
    actions.note(comment, by=cast.agent, text="Между нами: бегемот")
    page = at(cast.agent).get("/search", {"q": "картридж"}).content.decode()
    assert "<mark>картриджи</mark> &lt;b&gt;совсем" in page
    assert "Заказали <mark>картридж</mark>" in page
    assert "бегемот" in at(cast.agent).get("/search", {"q": "бегемот"}).content.decode()
    found_by_client = at(cast.client).get("/search", {"q": "Still"}).content.decode()
    assert "бегемот" not in found_by_client.replace('value="бегемот"', "")
    assert text.pk


def test_beside_tickets_staff_finds_clients_organisations_tags_and_numbers(
    cast: Cast, at: At
) -> None:
    ticket = order(cast, "Zebra")
    Tag.objects.create(name="Alphabet", key="alphabet")

    def beside(person: Person, text: str) -> str:
        return at(person).get("/search/beside", {"q": text}).content.decode()

    assert f'href="/clients/{cast.client.pk}"' in beside(cast.agent, "clara")
    assert f'href="/tickets?requester={cast.agent2.pk}"' in beside(cast.agent, "vera")
    page = beside(cast.agent, "alpha")
    assert f'href="/tickets?organisation={cast.alpha.pk}"' in page
    assert 'href="/tickets?tag=Alphabet"' in page
    assert "Zebra" in beside(cast.agent, str(ticket.pk))
    assert beside(cast.client, "alpha").strip() == ""
    assert "Zebra" not in beside(cast.stranger, str(ticket.pk))
    assert beside(cast.agent, "from:clara").strip() == ""


def test_what_was_looked_for_is_ones_own_and_can_be_forgotten(cast: Cast, at: At) -> None:
    client = at(cast.agent)
    for text in ["first", "second", " first ", "x", *(f"word {n}" for n in range(9))]:
        assert client.post("/search/remember", {"q": text}, headers=HX).status_code == 204
    kept = client.get("/search/recent").json()["recent"]
    assert kept == [*(f"word {n}" for n in reversed(range(9))), "first"]
    assert "word 3" in client.get("/search").content.decode()
    assert at(cast.agent_b).get("/search/recent").json() == {"recent": []}
    client.post("/search/forget", {"q": "word 3"}, headers=HX)
    assert "word 3" not in client.get("/search/recent").json()["recent"]
    client.post("/search/forget", headers=HX)
    assert client.get("/search/recent").json() == {"recent": []}


def test_looking_for_something_writes_nothing(cast: Cast, at: At) -> None:
    at(cast.agent).get("/search?q=zebra")
    assert not RecentSearch.objects.exists()
