from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.models import Ticket
from estafeta.tickets.tests.crowd import make_crowd
from tests.cast import Cast
from tests.orders import done, order, taken

At = Callable[[Person], Client]
HTMX = {"HX-Request": "true"}


def board(client: Client, name: str = "inbox", **query: Any) -> dict[str, list[int]]:
    """Column -> the numbers of its cards."""
    answer = client.get(f"/lists/{name}/board", query)
    assert answer.status_code == 200
    page = answer.content.decode()
    parts = re.split(r'data-column="(\w+)"', page)[1:]
    return {
        key: [int(n) for n in re.findall(r'id="card-(\d+)"', part)]
        for key, part in zip(parts[::2], parts[1::2], strict=True)
    }


def moves(client: Client, ticket: Ticket, **query: Any) -> dict[str, Any]:
    page = client.get("/lists/inbox/board", query).content.decode()
    found = re.search(rf'data-number="{ticket.pk}" data-moves="([^"]*)"', page)
    assert found
    result: dict[str, Any] = json.loads(html.unescape(found[1]))
    return result


def test_tickets_stand_in_the_column_of_their_status(cast: Cast, at: At) -> None:
    free, mine, over = order(cast), taken(cast), done(cast)
    order(cast, by=cast.stranger, department=cast.accounting)
    columns = board(at(cast.agent))
    assert columns == {
        "new": [free.pk], "in_progress": [mine.pk], "waiting": [], "review": [], "done": [over.pk],
    }  # fmt: skip


def test_tickets_stand_with_whoever_performs_them(cast: Cast, at: At) -> None:
    free, mine, his = order(cast), taken(cast), taken(cast, by=cast.agent_b)
    done(cast)
    columns = board(at(cast.agent), by="performer")
    assert columns["free"] == [free.pk]
    assert columns[str(cast.agent.pk)] == [mine.pk]
    assert columns[str(cast.agent_b.pk)] == [his.pk]
    assert list(columns)[:2] == ["free", str(cast.agent.pk)]


def test_filters_of_the_list_narrow_the_board(cast: Cast, at: At) -> None:
    order(cast)
    urgent = order(cast, priority=4)
    assert board(at(cast.agent), priority="4")["new"] == [urgent.pk]


def test_a_move_is_a_verb_with_its_form(cast: Cast, at: At) -> None:
    free, mine = order(cast), taken(cast)
    client = at(cast.agent)
    assert moves(client, free)["in_progress"] == {
        "verb": "take", "label": "Take", "url": f"/tickets/{free.pk}/take?seen=1", "dialog": False,
    }  # fmt: skip
    ways = moves(client, mine)
    assert {key: way["verb"] for key, way in ways.items()} == {
        "new": "release", "waiting": "wait", "done": "complete",
    }  # fmt: skip
    answer = client.post(moves(client, free)["in_progress"]["url"], headers=HTMX)
    assert "live:list" in answer.headers["HX-Trigger"]
    assert free.pk in board(client)["in_progress"]


def test_with_acceptance_the_way_to_the_end_leads_through_the_review(cast: Cast, at: At) -> None:
    ticket = taken(cast, acceptance="author")
    ways = moves(at(cast.agent), ticket)
    assert ways["review"]["verb"] == "complete"
    assert "done" not in ways
    actions.complete(ticket, by=cast.agent)
    assert moves(at(cast.director), ticket)["done"]["verb"] == "accept"


def test_a_head_gives_his_people_and_hands_over_to_others(cast: Cast, at: At) -> None:
    ticket = order(cast)
    ways = moves(at(cast.head), ticket, by="performer")
    assert ways[str(cast.agent.pk)]["verb"] == "assign"
    assert ways[str(cast.head.pk)]["verb"] == "take"
    ways = moves(at(cast.agent), ticket, by="performer")
    assert ways[str(cast.agent_b.pk)]["verb"] == "hand_over"
    dialog = at(cast.agent).get(ways[str(cast.agent_b.pk)]["url"], headers=HTMX)
    assert f'name="people" value="{cast.agent_b.pk}"' in dialog.content.decode()


def test_there_is_no_move_that_the_person_may_not_make(cast: Cast, at: At) -> None:
    make_crowd(cast, seed=3, amount=40)
    for person in (cast.agent, cast.head, cast.agent2, cast.director):
        client = at(person)
        for by in ("status", "performer"):
            page = client.get("/lists/all/board", {"by": by}).content.decode()
            for number, text in re.findall(r'data-number="(\d+)" data-moves="([^"]*)"', page):
                for way in json.loads(html.unescape(text)).values():
                    answer = client.get(f"/tickets/{number}/{way['verb']}", headers=HTMX)
                    assert answer.status_code in (200, 302), (number, way)


@pytest.mark.parametrize("by", ["status", "performer"])
def test_a_board_costs_the_same_queries_however_full_it_is(cast: Cast, at: At, by: str) -> None:
    client = at(cast.head)
    amounts = []
    for amount in (15, 60):
        make_crowd(cast, seed=amount, amount=amount)
        client.get("/lists/inbox/board", {"by": by})
        with CaptureQueriesContext(connection) as asked:
            client.get("/lists/inbox/board", {"by": by})
        amounts.append(len(asked))
    assert amounts[0] == amounts[1]


def test_a_board_is_for_those_whose_list_it_is(cast: Cast, at: At) -> None:
    address = f"/lists/department-{cast.it.pk}/board"
    assert at(cast.agent).get(address).status_code == 200
    assert at(cast.client).get(address).status_code == 404
    assert at(cast.agent).get("/lists/nothing/board").status_code == 404
    assert at(cast.client).get("/lists/sent/board?by=performer").status_code == 200


def heads(client: Client, name: str = "inbox", **query: Any) -> dict[str, str]:
    """Column -> the number in its head."""
    page = client.get(f"/lists/{name}/board", query).content.decode()
    found = re.findall(r'data-column="(\w+)".*?<span class="num faint">([^<]*)</span>', page, re.S)
    return dict(found)


def test_the_head_of_a_column_counts_what_is_not_laid_out_as_well(
    cast: Cast, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("estafeta.desk.board.columns.MOST_CARDS", 2)
    for priority in (2, 2, 2, 4, 4, 4, 4):
        order(cast, priority=priority)
    client = at(cast.agent)
    assert len(board(client)["new"]) == 2
    assert heads(client)["new"] == "7"
    assert heads(client, priority="4")["new"] == "4"
    assert "2 of 4 are shown" in client.get("/lists/inbox/board?priority=4").content.decode()
    assert heads(client, by="performer")["free"] == "7"


def test_columns_of_people_are_counted_beyond_what_is_looked_at(
    cast: Cast, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("estafeta.desk.board.columns.MOST_TICKETS", 3)
    for _n in range(4):
        taken(cast)
        order(cast)
    counted = heads(at(cast.agent), by="performer")
    assert (counted["free"], counted[str(cast.agent.pk)]) == ("4", "4")


def test_so_many_are_counted_and_then_a_plus_stands(
    cast: Cast, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("estafeta.desk.board.columns.MOST_CARDS", 1)
    monkeypatch.setattr("estafeta.desk.board.columns.MOST_COUNTED", 3)
    for _n in range(5):
        order(cast)
    assert heads(at(cast.agent))["new"] == "3+"


def test_the_filters_of_a_board_lead_back_to_it(cast: Cast, at: At) -> None:
    client = at(cast.agent)
    page = client.get("/lists/inbox/board?by=performer&priority=4&author=me").content.decode()
    asked = re.search(r'hx-get="(/lists/filters\?[^"]+)"', page)
    assert asked
    form = client.get(html.unescape(asked[1]), headers=HTMX).content.decode()
    assert 'action="/lists/inbox/board"' in form
    assert 'name="by" value="performer"' in form
    assert page.count("chip-remove") == 2
    assert "Clear all" in page
    assert client.get("/lists/filters?path=/lists/nothing/board").status_code == 404


def test_an_empty_column_says_why(cast: Cast, at: At) -> None:
    order(cast)
    client = at(cast.agent)
    assert "Nobody is working on anything now." in client.get("/lists/inbox/board").content.decode()
    narrow = client.get("/lists/inbox/board?priority=4").content.decode()
    assert "Nothing here under these filters." in narrow
    people = client.get("/lists/inbox/board?by=performer").content.decode()
    assert "Has nothing to do here" in people


def test_a_client_is_not_offered_what_he_would_not_get(cast: Cast, at: At) -> None:
    offers = {
        person: "by=performer" in at(person).get("/lists/sent/board").content.decode()
        for person in (cast.client, cast.agent)
    }
    assert offers == {cast.client: False, cast.agent: True}
