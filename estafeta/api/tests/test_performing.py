"""Parts, evidence and negotiated deadlines through the API."""

from __future__ import annotations

from estafeta.tickets.models import Topic
from tests.cast import Cast
from tests.orders import order
from tests.program import Program, pointers


def test_each_finishes_his_part_with_what_is_asked(cast: Cast) -> None:
    opened = Program.of(cast.director).post(
        "/tickets",
        {
            "title": "Инструктаж",
            "department": cast.it.pk,
            "people": [cast.agent.pk, cast.agent_b.pk],
            "separate": True,
            "evidence": ["number"],
        },
    )
    assert opened.status_code == 201, opened.content.decode()
    ticket = opened.json()["ticket"]
    assert (ticket["separate"], ticket["evidence"]) == (True, ["number"])
    address = f"/tickets/{ticket['number']}"
    for person in (cast.agent, cast.agent_b):
        assert Program.of(person).post(f"{address}/take").status_code == 200
    refused = Program.of(cast.agent).post(f"{address}/complete", {"reason": "Прошёл"})
    assert (refused.status_code, pointers(refused)) == (422, ["/number"])
    done = Program.of(cast.agent).post(f"{address}/complete", {"number": "7"}).json()
    assert done["ticket"]["status"] == "in_progress"
    parts = {row["person"]["id"]: row["finished_at"] for row in done["ticket"]["participants"]}
    assert parts[cast.agent.pk]
    assert not parts[cast.agent_b.pk]
    done = Program.of(cast.agent_b).post(f"{address}/complete", {"number": "8"}).json()
    assert done["ticket"]["status"] == "done"


def test_a_proposed_deadline_is_shown_until_it_is_answered(cast: Cast) -> None:
    given = {
        "title": "Отчёт", "department": cast.it.pk, "deadline": "2098-01-01T00:00:00Z",
    }  # fmt: skip
    number = Program.of(cast.director).post("/tickets", given).json()["ticket"]["number"]
    address = f"/tickets/{number}"
    Program.of(cast.agent).post(f"{address}/take")
    asked = {"deadline": "2099-01-01T00:00:00Z", "reason": "Много"}
    ticket = Program.of(cast.agent).post(f"{address}/propose_deadline", asked).json()["ticket"]
    assert ticket["proposed_deadline"] == "2099-01-01T00:00:00Z"
    answer = Program.of(cast.director).post(f"{address}/answer_deadline", {"agree": "да"})
    assert answer.status_code == 422
    ticket = (
        Program.of(cast.director)
        .post(f"{address}/answer_deadline", {"agree": True})
        .json()["ticket"]
    )
    assert ticket["deadline"] == "2099-01-01T00:00:00Z"
    assert ticket["original_deadline"] == "2098-01-01T00:00:00Z"
    assert (ticket["shifts"], ticket["proposed_deadline"]) == (1, None)


def test_another_topic_adds_what_it_asks_and_the_author_asks_no_less(cast: Cast) -> None:
    topic = Topic.objects.create(
        name="Repair", department=cast.it, evidence=["photo"], acceptance="head"
    )
    author, ticket = Program.of(cast.agent), order(cast, by=cast.agent)
    address = f"/tickets/{ticket.pk}"
    changed = author.post(f"{address}/edit", {"topic": topic.pk}).json()["ticket"]
    assert (changed["evidence"], changed["acceptance"]) == (["photo"], "head")
    for field, less in (("acceptance", "nobody"), ("evidence", [])):
        refused = author.post(f"{address}/edit", {field: less, "topic": None})
        assert (refused.status_code, pointers(refused)) == (422, [f"/{field}"])
        assert "only the head may do without" in refused.content.decode()
