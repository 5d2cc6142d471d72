from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.models import Tag, Ticket, Topic
from tests.cast import Cast

At = Callable[[Person], Client]


def numbers(client: Client, path: str) -> list[int]:
    answer = client.get(path)
    assert answer.status_code == 200
    return [int(n) for n in re.findall(r'id="row-(\d+)"', answer.content.decode())]


def order(cast: Cast, title: str, **more: object) -> Ticket:
    values = {"by": cast.client, "department": cast.it, **more}
    return actions.open_ticket(title=title, **values).ticket  # type: ignore[arg-type]


def dialog(client: Client, **query: str) -> str:
    answer = client.get("/lists/filters", query, headers={"HX-Request": "true"})
    assert answer.status_code == 200, answer.content[:200]
    return answer.content.decode()


def test_groups_of_an_address_narrow_the_list_and_stand_above_it(cast: Cast, at: At) -> None:
    urgent = order(cast, "Urgent", priority=4)
    mine = order(cast, "Mine")
    actions.take(mine, by=cast.agent)
    order(cast, "Neither")
    client = at(cast.agent)
    path = "/inbox?1.match=any&1.priority=4&1.performer=me"
    assert set(numbers(client, path)) == {urgent.pk, mine.pk}
    page = client.get(path).content.decode()
    assert "Any of: Performer: Me; Priority: Urgent" in page
    none = numbers(client, "/inbox?1.match=none&1.priority=4&1.performer=me")
    assert len(none) == 1
    either = "/inbox?match=any&1.priority=4&2.performer=me"
    assert set(numbers(client, either)) == {urgent.pk, mine.pk}


def test_the_chip_of_a_filter_leads_to_the_list_without_it(cast: Cast, at: At) -> None:
    client = at(cast.agent)
    path = (
        "/inbox?requester=" + str(cast.client.pk) + "&opened_from=2026-01-01&1.status=new&2.tag=a"
    )
    page = client.get(path).content.decode().replace("&amp;", "&")
    links = set(re.findall(r'class="chip-remove" href="([^"]+)"', page))
    assert any("opened" not in link and "requester" in link for link in links)
    assert any("1.tag=a" in link and "1.status" not in link for link in links), links
    assert "Requester: Clara Client" in page


def test_the_dialog_holds_what_is_asked_and_grows_by_conditions_and_groups(
    cast: Cast, at: At
) -> None:
    topic = Topic.objects.create(name="Printers")
    client = at(cast.agent)
    page = dialog(client, path="/inbox", status="new", topic=str(topic.pk), sort="number")
    assert 'action="/inbox"' in page
    assert re.search(r'name="status" value="new" checked', page)
    assert "Printers" in page
    assert '<input type="hidden" name="sort" value="number">' in page
    assert "filter-group-1" not in page
    page = dialog(client, path="/inbox", add_group="yes")
    assert "filter-group-1" in page
    page = dialog(client, path="/inbox", **{"1.match": "none", "add": "1.tag"})
    assert 'id="filter-1-tag"' in page
    page = dialog(client, path="/inbox", **{"1.match": "none", "show": "1.tag", "2.status": "new"})
    assert 'id="filter-1-tag"' in page
    assert "one is enough" in page
    page = dialog(client, path="/inbox", **{"1.status": "new", "2.status": "done", "drop": "1"})
    assert "filter-group-1" not in page
    assert "filter-group-2" in page


def test_without_javascript_the_filters_are_a_page(cast: Cast, at: At) -> None:
    answer = at(cast.agent).get("/lists/filters", {"path": "/departments/7"})
    assert 'action="/departments/7"' in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["", "https://evil.example/inbox", "//evil.example/inbox", "/profile", "/inbox/../x"]
)
def test_the_form_sends_to_lists_only(cast: Cast, at: At, path: str) -> None:
    assert at(cast.agent).get("/lists/filters", {"path": path}).status_code == 404


def test_a_client_is_offered_what_he_may_know(cast: Cast, at: At) -> None:
    Tag.objects.create(name="secret", key="secret")
    page = dialog(at(cast.client), path="/sent")
    for name in ("performer", "author", "organisation", "department", "tag", "via", "requester"):
        assert f'id="filter-{name}"' not in page, name
    assert 'id="filter-requester"' in dialog(at(cast.lead), path="/tickets")

    def offered(person: Person, kind: str, text: str = "") -> list[str]:
        answer = at(person).get(f"/filters/suggest/{kind}", {"q": text})
        return [row["label"] for row in answer.json()["results"]]

    for kind in ("performers", "departments", "organisations", "tags"):
        assert offered(cast.client, kind) == [], kind
        assert offered(cast.agent, kind) != [], kind
    assert offered(cast.lead, "people") == ["Me"]
    actions.take(order(cast, "Seen"), by=cast.agent)
    assert offered(cast.lead, "people") == ["Me", "Anna Agent", "Clara Client"]
    assert offered(cast.lead, "people", "312") == [], "nor by what cards say"
    assert offered(cast.client, "people", "Boris") == []
    assert offered(cast.agent, "people", "clara") == ["Clara Client"]


def test_an_address_tells_a_client_no_names(cast: Cast, at: At) -> None:
    query = urlencode({
        "requester": cast.agent2.pk, "performer": cast.agent2.pk, "author": cast.agent2.pk,
        "department": cast.accounting.pk, "organisation": cast.beta.pk,
    })  # fmt: skip
    page = at(cast.client).get(f"/sent?{query}").content.decode()
    for name in ("Vera", "Accounting", "Beta"):
        assert name not in page, name
    actions.take(order(cast, "Seen", department=cast.accounting), by=cast.agent2)
    page = at(cast.client).get(f"/sent?{query}").content.decode()
    assert "Performer: Vera Accounting" in page, "whose name his own ticket shows"


def test_long_and_odd_addresses_are_answered(cast: Cast, at: At) -> None:
    client = at(cast.agent)
    for query in (
        "9.status=new", "1.=x", "1.match=maybe&1.status=new", "match=none&1.tag=a",
        "1.q=%00", "tag=" + "x" * 5000, "topic=9999999999", "opened=2026-02-31",
        "requester=" + ",".join(map(str, range(1, 500))), "&".join(f"{n}.status=new" for n in range(9)),
    ):  # fmt: skip
        assert client.get(f"/tickets?{query}").status_code == 200, query
        assert client.get(f"/lists/filters?path=/inbox&{query}").status_code == 200, query
