from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.models import Ticket
from estafeta.tickets.tests.crowd import make_crowd
from tests.cast import Cast

At = Callable[[Person], Client]
LISTS = ("/inbox", "/sent", "/tickets", "/archive")


def numbers(client: Client, path: str, **query: str) -> list[int]:
    answer = client.get(path, query)
    assert answer.status_code == 200, answer.content[:300]
    return [int(n) for n in re.findall(r'id="row-(\d+)"', answer.content.decode())]


def order(cast: Cast, title: str, **more: object) -> Ticket:
    values = {"by": cast.client, "department": cast.it, **more}
    return actions.open_ticket(title=title, **values).ticket  # type: ignore[arg-type]


def test_each_person_sees_the_rows_that_are_his_business_and_no_others(cast: Cast, at: At) -> None:
    ticket = order(cast, "Zebra in the server room")
    inbox = {cast.director, cast.head, cast.agent, cast.agent_b}
    everywhere = inbox | {cast.client, cast.lead}
    for name, person in cast.everybody().items():
        client = at(person)
        assert (ticket.pk in numbers(client, "/inbox")) == (person in inbox), name
        assert (ticket.pk in numbers(client, "/tickets")) == (person in everywhere), name
        assert (ticket.pk in numbers(client, "/sent")) == (person == cast.client), name
        assert numbers(client, "/archive") == []
        pages = [client.get(path).content.decode() for path in (*LISTS, "/", "/search?q=zebra")]
        assert any("Zebra" in page for page in pages) == (person in everywhere), name


def test_a_department_page_is_for_those_whose_business_it_is(cast: Cast, at: At) -> None:
    order(cast, "Zebra", department=cast.network)
    allowed = {cast.director, cast.head, cast.network_agent}
    for name, person in cast.everybody().items():
        status = at(person).get(f"/departments/{cast.network.pk}").status_code
        assert status == (200 if person in allowed else 404), name
    assert at(cast.director).get("/departments/999999999").status_code == 404


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(is_set_up: None) -> None:
    answer = Client().get("/inbox?status=new")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in?next=/inbox%3Fstatus%3Dnew"


def test_a_fragment_sends_who_is_not_signed_in_to_the_page_he_was_on(is_set_up: None) -> None:
    answer = Client().get(
        "/navigation", headers={"HX-Request": "true", "HX-Current-URL": "http://x/inbox?q=a"}
    )
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/inbox%3Fq%3Da"


def test_filters_of_the_address_narrow_the_list(cast: Cast, at: At) -> None:
    urgent = order(cast, "Urgent one", priority=4)
    taken = order(cast, "Taken one", deadline=timezone.now() + timedelta(hours=2))
    actions.take(taken, by=cast.agent)
    client = at(cast.agent)
    assert numbers(client, "/inbox", status="new") == [urgent.pk]
    assert numbers(client, "/inbox", status="new,in_progress", priority="4") == [urgent.pk]
    assert numbers(client, "/inbox", performer="me") == [taken.pk]
    assert numbers(client, "/inbox", performer="nobody") == [urgent.pk]
    assert numbers(at(cast.agent_b), "/inbox", performer="others") == [taken.pk]
    assert numbers(client, "/inbox", performer=str(cast.agent_b.pk)) == []
    assert numbers(client, "/inbox", deadline="today,week") in ([taken.pk], [])
    assert numbers(client, "/inbox", deadline="none") == [urgent.pk]
    assert numbers(client, "/inbox", q="urgently") == [urgent.pk]
    assert set(numbers(client, "/inbox", department=str(cast.it.pk))) == {urgent.pk, taken.pk}
    assert numbers(client, "/inbox", department=str(cast.accounting.pk)) == []


NAUGHTY = [
    {"status": "'; DROP TABLE tickets_ticket; --"}, {"status": "new\x00"}, {"department": "9" * 60},
    {"department": "-1"}, {"department": "١٢"}, {"performer": "²"}, {"priority": "5"},
    {"priority": "abc"}, {"deadline": "yesterday"}, {"sort": "password"}, {"sort": "--changed"},
    {"q": "\x00\x00"}, {"q": "‮right to left‬"}, {"q": '" OR 1=1 *'}, {"q": "a" * 5000},
    {"q": "NEAR(a b)"}, {"q": "<script>alert(1)</script>"}, {"q": "{{7*7}}"}, {"waits": "forever"},
    {"size": "1000000"}, {"status": ",,,"},
]  # fmt: skip


@pytest.mark.parametrize("query", NAUGHTY)
def test_a_wrong_filter_is_left_out_and_said_so_never_an_error(
    cast: Cast, at: At, query: dict[str, str]
) -> None:
    ticket = order(cast, "Here I am")
    client = at(cast.agent)
    for path in ("/inbox", "/tickets", f"/departments/{cast.it.pk}"):
        answer = client.get(path, query)
        assert answer.status_code == 200
        page = answer.content.decode()
        assert "<script>alert" not in page
        if not {"q", "size"} & set(query) and query != {"status": ",,,"}:
            assert f'id="row-{ticket.pk}"' in page
            assert "are unknown and were left out" in page


@pytest.mark.parametrize("cursor", ["x", "AAAA", "я", "0" * 3000, "W10", "' OR 1=1"])
def test_a_forged_cursor_is_a_clear_refusal(cast: Cast, at: At, cursor: str) -> None:
    for name in ("after", "before"):
        answer = at(cast.agent).get("/inbox", {name: cursor})
        assert answer.status_code == 400
        assert "Open the list anew" in answer.content.decode()


def test_the_number_of_rows_is_kept_for_the_person(cast: Cast, at: At) -> None:
    make_crowd(cast, seed=1, amount=120)
    client = at(cast.director)
    assert len(numbers(client, "/tickets")) == 25
    assert len(numbers(client, "/tickets", size="50")) == 50
    assert len(numbers(client, "/tickets")) == 50
    assert len(numbers(client, "/tickets", size="7")) == 50


def test_one_walks_through_all_pages_by_the_links(cast: Cast, at: At) -> None:
    make_crowd(cast, seed=1, amount=60)
    client, found, path = at(cast.director), [], "/tickets?sort=deadline"
    while path:
        page = client.get(path).content.decode()
        found += re.findall(r'id="row-(\d+)"', page)
        link = re.search(r'rel="next" href="([^"]+)"', page)
        path = link.group(1).replace("&amp;", "&") if link else ""
    assert len(found) == len(set(found)) == Ticket.objects.count()


def test_an_empty_list_says_what_will_be_here(cast: Cast, at: At) -> None:
    page = at(cast.agent2).get("/inbox").content.decode()
    assert "Nothing for you and your departments" in page
    page = at(cast.agent2).get("/inbox?status=new").content.decode()
    assert "Clear all filters" in page


def test_clients_get_no_filter_by_department_or_performer(cast: Cast, at: At) -> None:
    page = at(cast.client).get("/sent").content.decode()
    assert "filter-performer" not in page
    assert "filter-department" not in page
    assert "Network" not in page
