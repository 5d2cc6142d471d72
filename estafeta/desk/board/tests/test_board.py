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
