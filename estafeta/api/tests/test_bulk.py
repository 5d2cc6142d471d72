from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from estafeta.tickets.bulk import runs
from estafeta.tickets.models import BulkRun, Comment, Ticket
from estafeta.tickets.statuses import Status
from tests.cast import Cast
from tests.orders import done, order
from tests.program import Program


def test_a_verb_is_done_to_many_with_a_report_for_each(cast: Cast) -> None:
    free, over = order(cast), done(cast)
    program = Program.of(cast.agent)
    answer = program.post("/bulk", {"verb": "take", "tickets": [free.pk, over.pk, 999_999]})
    assert answer.status_code == 200
    run = answer.json()
    assert run["done"] == [{"ticket": free.pk, "seq": 2}]
    assert [row["reason"] for row in run["refused"]] == ["not_now", "gone"]
    assert run["is_finished"] is True
    assert run["may_be_undone"] is True
    assert program.get(f"/bulk/{run['id']}").json() == run


@pytest.mark.parametrize(
    ("given", "pointer", "told"),
    [
        ({}, "/body/reason", "This is required."),
        ({"reason": "x", "department": 999}, "/body/department", "There is no department"),
    ],
)
def test_what_the_verb_takes_is_told_by_its_place_in_the_body(
    cast: Cast, given: dict[str, Any], pointer: str, told: str
) -> None:
    asked = {"verb": "hand_over", "tickets": [order(cast).pk], "body": given}
    answer = Program.of(cast.agent).post("/bulk", asked)
    assert answer.status_code == 422
    [fault] = answer.json()["errors"]
    assert fault["pointer"] == pointer
    assert told in fault["detail"]


def test_it_is_taken_back(cast: Cast) -> None:
    numbers = [order(cast).pk for _ in range(2)]
    program = Program.of(cast.agent)
    run = program.post("/bulk", {"verb": "take", "tickets": numbers}).json()
    back = program.post(f"/bulk/{run['id']}/undo", {}).json()
    assert (back["verb"], back["undoes"], len(back["done"])) == ("release", run["id"], 2)
    assert set(Ticket.objects.values_list("status", flat=True)) == {Status.NEW}
    assert program.post(f"/bulk/{run['id']}/undo", {}).status_code == 422


def test_the_same_request_sent_again_gives_the_same_run(cast: Cast) -> None:
    body = {"verb": "note", "tickets": [order(cast).pk], "body": {"text": "Once"}}
    program = Program.of(cast.agent)
    first, again = (program.post("/bulk", body, key="k-1") for _ in range(2))
    assert again.json() == first.json()
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert Comment.objects.count() == 1
    other = program.post("/bulk", {**body, "body": {"text": "Twice"}}, key="k-1")
    assert other.status_code == 422
    assert other.json()["errors"][0]["header"] == "Idempotency-Key"
    assert program.post("/bulk", body, key="k-2").json()["id"] != first.json()["id"]
    assert Program.of(cast.head).post("/bulk", body, key="k-1").json()["id"] != first.json()["id"]


def test_a_short_run_that_was_cut_off_goes_on_when_it_is_sent_again(
    cast: Cast, monkeypatch: Any
) -> None:
    body = {"verb": "take", "tickets": [order(cast).pk]}
    program = Program.of(cast.agent)
    with monkeypatch.context() as killed:
        killed.setattr(runs, "go_on", lambda run: run)
        assert program.post("/bulk", body, key="k").json()["is_finished"] is False
    assert program.post("/bulk", body, key="k").json()["done"]


def test_the_body_of_the_verb_is_checked_as_for_one(cast: Cast) -> None:
    numbers = [order(cast).pk for _ in range(2)]
    program = Program.of(cast.head)
    wrong: list[dict[str, Any]] = [
        {"verb": "set_priority", "tickets": numbers, "body": {"priority": "huge"}},
        {"verb": "cancel", "tickets": numbers},
        {"verb": "take", "tickets": numbers, "body": {"nonsense": 1}},
        {"verb": "edit", "tickets": numbers, "body": {}},
        {"verb": "take", "tickets": []},
        {"verb": "take", "tickets": list(range(1, runs.MOST + 2))},
    ]
    for body in wrong:
        assert program.post("/bulk", body).status_code == 422, body
    right = {"verb": "set_priority", "tickets": numbers, "body": {"priority": "urgent"}}
    assert len(program.post("/bulk", right).json()["done"]) == 2


def test_a_long_run_is_accepted_and_asked_for_again(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(runs, "AT_ONCE", 0)
    program = Program.of(cast.agent)
    answer = program.post("/bulk", {"verb": "take", "tickets": [order(cast).pk]})
    assert answer.status_code == 202
    assert answer.json()["is_finished"] is False
    runs.go_on(BulkRun.objects.get())
    assert program.get(f"/bulk/{answer.json()['id']}").json()["is_finished"] is True


def test_a_run_is_its_persons_own(cast: Cast) -> None:
    run = Program.of(cast.agent).post("/bulk", {"verb": "take", "tickets": [order(cast).pk]}).json()
    for who in (cast.director, cast.client):
        assert Program.of(who).get(f"/bulk/{run['id']}").status_code == 404
        assert Program.of(who).post(f"/bulk/{run['id']}/undo", {}).status_code == 404


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_list_comes_as_a_table(cast: Cast, ending: str) -> None:
    order(cast, title="=1+1", priority=4)
    order(cast, by=cast.stranger, department=cast.accounting, title="Тайна")
    answer: Any = Program.of(cast.agent).get(f"/tickets/export?format={ending}&sort=number")
    content = b"".join(answer.streaming_content)
    if ending == "xlsx":
        assert content.startswith(b"PK")
        return
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [(row["title"], row["priority"], row["department"]) for row in rows] == [
        ("'=1+1", "urgent", "IT")
    ]
    assert rows[0]["opened_at"].endswith("Z")


def test_many_are_merged_linked_and_made_parts_of_one(cast: Cast) -> None:
    program = Program.of(cast.agent)
    one, *rest = [order(cast).pk for _ in range(3)]
    foreign = order(cast, by=cast.stranger, department=cast.accounting).pk
    for verb, body in (
        ("link", {"other": one, "kind": "blocks"}),
        ("make_subtask", {"other": one}),
        ("merge", {"other": one, "reason": "Одно"}),
    ):
        wanted = {"verb": verb, "tickets": [one, *rest, foreign], "body": body}
        run = program.post("/bulk", wanted).json()
        assert [row["ticket"] for row in run["done"]] == rest, verb
        assert [row["ticket"] for row in run["refused"]] == [foreign], verb
        back = program.post(f"/bulk/{run['id']}/undo", {}).json()
        assert [row["ticket"] for row in back["done"]] == rest, verb
    assert set(Ticket.objects.filter(pk__in=rest).values_list("status", "parent")) == {
        (Status.NEW, None)
    }


def test_an_other_ticket_that_is_not_seen_is_not_there(cast: Cast) -> None:
    foreign = order(cast, by=cast.stranger, department=cast.accounting).pk
    wanted = {"verb": "merge", "tickets": [order(cast).pk], "body": {"other": foreign}}
    answer = Program.of(cast.agent).post("/bulk", wanted)
    assert answer.status_code == 422
    assert f"no ticket {foreign}" in answer.json()["errors"][0]["detail"]
