"""Lists of tickets and of people."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from estafeta.accounts.models import Department
from estafeta.tickets import actions
from estafeta.tickets.lists import saved_views
from estafeta.tickets.models import SavedView, Tag, Tagging, Ticket, Topic
from tests.cast import Cast
from tests.orders import done, order, taken
from tests.program import Program, pointers


def _numbers(program: Program, **query: Any) -> list[int]:
    """Follow `next` to the end."""
    found: list[int] = []
    while True:
        answer = program.get("/tickets", **query)
        assert answer.status_code == 200, answer.content
        found += [row["number"] for row in answer.json()["tickets"]]
        if not answer.json()["next"]:
            return found
        query["after"] = answer.json()["next"]


def test_lists_are_those_of_the_desk(cast: Cast) -> None:
    theirs, mine = order(cast), order(cast, by=cast.agent, department=cast.accounting)
    archived = done(cast)
    actions.archive(archived, by=cast.director)
    program = Program.of(cast.agent)
    assert set(_numbers(program, list="inbox")) == {theirs.number}
    assert set(_numbers(program, list="sent")) == {mine.number}
    assert set(_numbers(program, list="archive")) == {archived.number}
    assert set(_numbers(program)) == {theirs.number, mine.number, archived.number}
    assert _numbers(Program.of(cast.stranger)) == []


def test_filters_narrow_and_sort_orders(cast: Cast) -> None:
    low = order(cast, title="Сканер", priority=1)
    urgent = taken(cast, title="Сервер", priority=4)
    program = Program.of(cast.director)
    assert _numbers(program, status=["new", "waiting"]) == [low.number]
    assert _numbers(program, status="open", sort="-priority") == [urgent.number, low.number]
    assert _numbers(program, sort="number") == [low.number, urgent.number]
    assert _numbers(program, priority="urgent") == [urgent.number]
    assert _numbers(program, performer=cast.agent.pk) == [urgent.number]
    assert _numbers(program, performer="nobody") == [low.number]
    assert _numbers(program, department=cast.accounting.pk) == []
    assert _numbers(program, q="сканеры") == [low.number]
    assert set(_numbers(program, deadline="none")) == {low.number, urgent.number}


def test_pages_put_together_are_the_list(cast: Cast) -> None:
    numbers = [order(cast, title=f"Заявка {n}").number for n in range(7)]
    for sort in ("number", "-number", "changed", "-changed", "deadline", "priority", "-opened"):
        found = _numbers(Program.of(cast.agent), sort=sort, limit=2)
        assert sorted(found) == numbers, sort


@pytest.mark.parametrize(
    ("name", "value"),
    [("list", "mine"), ("status", "lost"), ("department", "IT"), ("department", "9" * 40),
     ("performer", "boss"), ("priority", "4"), ("deadline", "soon"), ("sort", "title"),
     ("limit", "0"), ("limit", "101"), ("limit", "x"), ("after", "AAAA"), ("q", "x" * 201)],
)  # fmt: skip
def test_a_value_that_means_nothing_is_refused(cast: Cast, name: str, value: str) -> None:
    answer = Program.of(cast.agent).get("/tickets", **{name: value})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == name


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE x;--", "\x00", "%", "*", '"', "AND OR NEAR(", "🙂"]
)
def test_odd_words_find_nothing_and_break_nothing(cast: Cast, text: str) -> None:
    order(cast)
    assert Program.of(cast.agent).get("/tickets", q=text).status_code == 200
    assert Program.of(cast.agent).get("/people", q=text).status_code == 200


def test_a_list_asks_the_database_the_same_number_of_times(cast: Cast) -> None:
    program, amounts = Program.of(cast.agent), []
    taken(cast)
    program.get("/tickets")
    for more in (1, 9):
        for _ in range(more):
            taken(cast)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert program.get("/tickets").status_code == 200
        amounts.append(len(queries))
    assert amounts[0] == amounts[1]


def test_a_ticket_asks_the_same_number_of_times(cast: Cast) -> None:
    ticket, program, amounts = taken(cast), Program.of(cast.director), []
    program.get(f"/tickets/{ticket.number}")
    for people in ([cast.agent_b], [cast.agent, cast.agent2, cast.head], [cast.network_agent]):
        actions.hand_over(ticket, by=cast.director, people=people, reason="дальше")
        with CaptureQueriesContext(connection) as queries:
            assert program.get(f"/tickets/{ticket.number}").status_code == 200
        amounts.append(len(queries))
    assert len(set(amounts)) == 1


def test_agents_find_people_by_anything(cast: Cast) -> None:
    answer = Program.of(cast.agent).get("/people", q="312")
    assert [row["name"] for row in answer.json()["people"]] == ["Clara Client"]
    card = Program.of(cast.agent).get(f"/people/{cast.client.pk}").json()
    assert (card["room"], card["organisation"]["name"]) == ("214", "Alpha")


def test_a_client_learns_the_names_of_those_he_deals_with(cast: Cast) -> None:
    ticket = order(cast, by=cast.client, title="Принтер")
    actions.take(ticket, by=cast.agent)
    actions.note(ticket, by=cast.agent_b, text="Между нами")
    program = Program.of(cast.client)
    people = program.get("/people").json()["people"]
    assert {row["name"] for row in people} == {"Clara Client", "Anna Agent"}
    assert all(row["email"] is None and row["phone"] is None for row in people)
    assert program.get("/people", q="anna@example").json()["people"] == []
    assert program.get(f"/people/{cast.agent_b.pk}").status_code == 404
    assert program.get(f"/people/{cast.agent.pk}").json()["email"] is None


def test_departments_and_topics_are_listed(cast: Cast) -> None:
    Topic.objects.create(name="1С", department=cast.it)
    Topic.objects.create(name="Старое", is_active=False)
    program = Program.of(cast.client, "read")
    tree = program.get("/departments").json()["departments"]
    assert [(row["name"], row["depth"]) for row in tree] == [
        ("Accounting", 0), ("IT", 0), ("Network", 1),
    ]  # fmt: skip
    topics = program.get("/topics").json()["topics"]
    assert [(row["name"], row["department"]) for row in topics] == [("1С", cast.it.pk)]
    assert Ticket.objects.count() == 0


def test_hidden_departments_and_topics_are_not_for_clients(cast: Cast) -> None:
    Department.objects.filter(pk=cast.accounting.pk).update(is_hidden=True, prefix="ACC")
    Topic.objects.create(name="Зарплата", department=cast.accounting, is_hidden=True)
    client, agent = Program.of(cast.client, "read"), Program.of(cast.agent)
    names = {row["name"] for row in client.get("/departments").json()["departments"]}
    assert names == {"IT", "Network"}
    assert client.get("/topics").json()["topics"] == []
    seen = {row["name"]: row for row in agent.get("/departments").json()["departments"]}
    assert (seen["Accounting"]["is_offered"], seen["Accounting"]["prefix"]) == (False, "ACC")
    assert seen["IT"]["is_offered"]
    assert [row["name"] for row in agent.get("/topics").json()["topics"]] == ["Зарплата"]
    answer = agent.post("/tickets", title="x", department=cast.accounting.pk)
    assert answer.status_code == 422
    assert pointers(answer) == ["/department"]


def test_every_filter_of_the_desk_is_there_for_programs(cast: Cast) -> None:
    topic = Topic.objects.create(name="Техника")
    inner = Topic.objects.create(name="Принтеры", parent=topic)
    mine = order(cast, title="Принтер", topic=inner)
    other = order(cast, title="Сканер", by=cast.agent, department=cast.accounting)
    tag = Tag.objects.create(name="Срочно", key="срочно")
    Tagging.objects.create(ticket=other, tag=tag)
    program = Program.of(cast.director)
    for query, expected in (
        ({"author": "me"}, [mine.number]),
        ({"author": cast.agent.pk}, [other.number]),
        ({"requester": [mine.requester_id, 10**9]}, [mine.number]),
        ({"organisation": cast.beta.pk}, []),
        ({"topic": topic.pk}, [mine.number]),
        ({"topic": "none"}, [other.number]),
        ({"tag": "срочно"}, [other.number]),
        ({"via": "mail"}, []),
        ({"opened": "today", "sort": "number"}, [mine.number, other.number]),
        ({"opened": "..2020-01-01"}, []),
        ({"closed": "week"}, []),
        ({"unread": "true"}, [other.number]),
        ({"performer": "others"}, []),
        ({"waits": "answer"}, []),
        ({"list": "following"}, []),
        ({"q": "topic:техника"}, [mine.number]),
    ):
        assert _numbers(program, **query) == expected, query
    where = {
        "match": "any",
        "groups": [
            {"match": "any", "tag": ["срочно"], "unread": False},
            {"topic": [str(inner.pk)]},
        ],
    }
    assert set(_numbers(program, where=json.dumps(where))) == {mine.number, other.number}
    where = {"groups": [{"match": "none", "tag": ["срочно"]}]}
    assert _numbers(program, where=json.dumps(where)) == [mine.number]


@pytest.mark.parametrize(
    "where",
    ["{", "[]", "{}", '{"groups": []}', '{"groups": [{"colour": "red"}]}',
     '{"groups": [{"match": "some"}]}', '{"groups": [{"status": "new"}]}', '{"match": "none"}',
     '{"groups": [{"opened": "soon"}]}'],
)  # fmt: skip
def test_groups_that_mean_nothing_are_refused(cast: Cast, where: str) -> None:
    answer = Program.of(cast.agent).get("/tickets", where=where)
    assert answer.status_code == 422, answer.content
    assert answer.json()["errors"][0]["parameter"] == "where"


def test_saved_views_are_there_for_programs(cast: Cast) -> None:
    ticket = order(cast, title="Сервер", priority=4)
    view = saved_views.save(
        SavedView(list="inbox", query="priority=4"), by=cast.head, name="Urgent",
        departments=[cast.it.pk], in_menu=True,
    )  # fmt: skip
    found = Program.of(cast.agent).get("/views").json()["views"]
    assert [(row["name"], row["count"], row["is_mine"]) for row in found] == [
        ("Urgent", "1", False)
    ]
    page = Program.of(cast.agent).get(f"/views/{view.pk}/tickets").json()
    assert [row["number"] for row in page["tickets"]] == [ticket.number]
    assert Program.of(cast.agent2).get(f"/views/{view.pk}/tickets").status_code == 404


def test_programs_keep_change_share_and_delete_views(cast: Cast) -> None:
    urgent = order(cast, priority=4)
    order(cast)
    head, agent = Program.of(cast.head), Program.of(cast.agent)
    answer = head.post("/views", name="Urgent", list="inbox", query="priority=4&nonsense=1",
                       departments=[cast.it.pk])  # fmt: skip
    assert answer.status_code == 201
    view = answer.json()
    assert (view["query"], view["count"], view["is_mine"]) == ("priority=4", "1", True)
    path = f"/views/{view['id']}"
    found = agent.get(f"{path}/tickets").json()["tickets"]
    assert [row["number"] for row in found] == [urgent.number]
    assert agent.post(path, name="Mine now").status_code == 404
    assert agent.post(f"{path}/delete", {}).status_code == 422
    changed = head.post(path, name="Usual", list="inbox", query="priority=2", departments=[])
    assert (changed.json()["name"], changed.json()["count"]) == ("Usual", "1")
    assert agent.get(f"{path}/tickets").status_code == 404, "no longer shared"
    assert head.post(f"{path}/delete").status_code == 200
    assert not SavedView.objects.exists()


def test_a_head_takes_a_view_out_of_his_department_by_program(cast: Cast) -> None:
    agent = Program.of(cast.agent)
    view = agent.post("/views", name="Mine", departments=[cast.it.pk]).json()
    path = f"/views/{view['id']}/delete"
    there = {"department": cast.it.pk}
    assert Program.of(cast.agent_b).post(path, there).status_code == 422
    assert Program.of(cast.head).post(path, there).status_code == 200
    assert Program.of(cast.agent_b).post(path, there).status_code == 404
    assert agent.get("/views").json()["views"]


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"name": ""}, "/name"), ({"list": "secrets"}, "/list"), ({"departments": [0]}, "/departments/0"),
        ({"departments": [999_999]}, "/departments"),
    ],
)  # fmt: skip
def test_faults_of_views_are_named(cast: Cast, wrong: dict[str, Any], pointer: str) -> None:
    answer = Program.of(cast.director).post("/views", {"name": "A", "query": "", **wrong})
    assert answer.status_code == 422, answer.content
    assert pointers(answer)[0].endswith(pointer)
