"""What a program reads of performers, deadlines and parts is what the page shows."""

from __future__ import annotations

from typing import Any

import pytest

from estafeta.accounts.models.department import HandOverMode
from estafeta.tickets import actions
from estafeta.tickets.models import Topic
from tests.cast import Cast
from tests.orders import done, order, taken
from tests.program import Program

READS = ("pending", "parts", "suggestions", "deadlines", "subtasks", "why")


@pytest.mark.parametrize("what", READS)
def test_of_a_ticket_that_is_not_seen_nothing_is_told(cast: Cast, what: str) -> None:
    ticket = taken(cast)
    for stranger in (cast.agent2, cast.stranger, cast.admin):
        assert Program.of(stranger).get(f"/tickets/{ticket.pk}/{what}").status_code == 404


def test_a_hand_over_tells_from_whom_it_comes_and_until_when(cast: Cast) -> None:
    cast.accounting.hand_over_mode = HandOverMode.ACCEPT
    cast.accounting.save()
    ticket = taken(cast)
    nothing = Program.of(cast.director).get(f"/tickets/{ticket.pk}/pending").json()
    assert nothing == {"hand_over": None, "deadline": None, "accepted_at": None}
    actions.hand_over(ticket, by=cast.agent, department=cast.accounting, reason="Это счёт")
    told = Program.of(cast.agent2, "read").get(f"/tickets/{ticket.pk}/pending").json()
    assert told["hand_over"]["department"] == {"id": cast.it.pk, "name": "IT"}
    assert told["hand_over"]["by"]["name"] == "Anna Agent"
    assert told["hand_over"]["reason"] == "Это счёт"
    assert told["hand_over"]["until"]
    actions.accept_hand_over(ticket, by=cast.agent2)
    told = Program.of(cast.agent2, "read").get(f"/tickets/{ticket.pk}/pending").json()
    assert told["hand_over"] is None


def test_a_deadline_tells_who_proposed_it_and_how_it_came_about(cast: Cast) -> None:
    program = Program.of(cast.director)
    given = {"title": "Отчёт", "department": cast.it.pk, "deadline": "2098-01-01T00:00:00Z"}
    number = program.post("/tickets", given).json()["ticket"]["number"]
    anna = Program.of(cast.agent)
    anna.post(f"/tickets/{number}/take")
    for day in ("02", "03"):
        asked = {"deadline": f"2098-01-{day}T00:00:00Z", "reason": f"Причина {day}"}
        assert anna.post(f"/tickets/{number}/propose_deadline", asked).status_code == 200
        if day == "02":
            program.post(f"/tickets/{number}/answer_deadline", {"agree": True})
    path = f"/tickets/{number}/deadlines"
    told = program.get(path).json()
    assert told["deadline"] == "2098-01-02T00:00:00Z"
    assert told["at_first"] == told["original"] == "2098-01-01T00:00:00Z"
    assert told["shifts"] == 1
    assert told["proposed"]["by"]["name"] == "Anna Agent"
    assert (told["proposed"]["deadline"], told["proposed"]["may_answer"]) == (
        "2098-01-03T00:00:00Z", True,
    )  # fmt: skip
    assert anna.get(path).json()["proposed"]["may_answer"] is False
    assert [(one["verb"], one["new"], one["agreed"]) for one in told["history"]] == [
        ("propose_deadline", "2098-01-02T00:00:00Z", None),
        ("answer_deadline", "2098-01-02T00:00:00Z", True),
        ("propose_deadline", "2098-01-03T00:00:00Z", None),
    ]


def test_the_roll_call_tells_who_has_come_how_far(cast: Cast) -> None:
    ticket = order(cast, people=[cast.agent, cast.agent_b], separate=True)
    actions.take(ticket, by=cast.agent)
    actions.complete(ticket, by=cast.agent)
    actions.acknowledge(ticket, by=cast.agent_b)
    told = Program.of(cast.director).get(f"/tickets/{ticket.pk}/parts").json()
    assert (told["is_separate"], told["amount"], told["finished"]) == (True, 2, 1)
    found: dict[str, Any] = {part["person"]["name"]: part for part in told["parts"]}
    assert found["Anna Agent"]["finished_at"]
    assert found["Boris Agent"]["seen_at"]
    assert not found["Boris Agent"]["finished_at"]


def test_whoever_could_do_it_is_suggested_with_reasons_to_agents_only(cast: Cast) -> None:
    topic = Topic.objects.create(name="1С", department=cast.it)
    done(cast, topic=topic)
    ticket = order(cast, by=cast.client, topic=topic)
    path = f"/tickets/{ticket.pk}/suggestions"
    first = Program.of(cast.head).get(path).json()["suggestions"][0]
    assert first["person"]["name"] == "Anna Agent"
    assert (first["why"], first["finished_of_the_topic"]) == (
        ["knows_the_topic", "least_loaded"], 1,
    )  # fmt: skip
    assert "finished 1 ticket of this topic lately" in first["words"]
    other = Program.of(cast.head).get(path, department=cast.accounting.pk).json()["suggestions"]
    assert [one["person"]["name"] for one in other] == ["Vera Accounting"]
    wrong = Program.of(cast.head).get(path, department=999_999)
    assert (wrong.status_code, wrong.json()["errors"][0]["parameter"]) == (422, "department")
    cast.accounting.is_hidden = True
    cast.accounting.save()
    assert Program.of(cast.head).get(path, department=cast.accounting.pk).status_code == 422
    assert Program.of(cast.client).get(path).status_code == 403


def test_parts_tell_how_far_they_are_and_those_unseen_are_counted(cast: Cast) -> None:
    ticket = taken(cast)
    actions.add_subtask(ticket, by=cast.agent, title="Кабель")
    actions.add_subtask(ticket, by=cast.agent, title="Счёт", department=cast.accounting)
    own = ticket.subtasks.get(title="Кабель")
    actions.take(own, by=cast.agent_b)
    actions.complete(own, by=cast.agent_b)
    told = Program.of(cast.agent_b).get(f"/tickets/{ticket.pk}/subtasks").json()
    assert (told["all"], told["open"], told["unseen"]) == (2, 1, 1)
    [part] = told["subtasks"]
    assert (part["title"], part["status"], part["department"]["name"]) == ("Кабель", "done", "IT")
    told = Program.of(cast.director).get(f"/tickets/{ticket.pk}/subtasks").json()
    assert {one["title"]: one["status"] for one in told["subtasks"]} == {
        "Кабель": "done", "Счёт": "new",
    }  # fmt: skip
