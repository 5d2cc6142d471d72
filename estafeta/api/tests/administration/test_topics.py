"""Topics with what follows from them."""

from __future__ import annotations

from estafeta.accounts.models import SecurityEntry
from estafeta.tickets.models import Topic
from tests.cast import Cast
from tests.program import Program

PATH = "/administration/topics"


def test_a_topic_fills_in_what_the_api_has_set(cast: Cast, ada: Program) -> None:
    answer = ada.post(
        PATH, name="Принтеры", department=cast.it.pk, performers=[cast.agent.pk], priority="high",
        acceptance="author", evidence=["file", "photo", "photo"], assignment_mode="least_loaded",
    )  # fmt: skip
    assert answer.status_code == 201
    shown = answer.json()
    assert shown["performers"] == [{"id": cast.agent.pk, "name": "Anna Agent"}]
    assert (shown["priority"], shown["evidence"]) == ("high", ["photo", "file"])
    made = Program.of(cast.client).post("/tickets", title="Замялась бумага", topic=shown["id"])
    ticket = made.json()["ticket"]
    assert ticket["department"]["name"] == "IT"
    assert (ticket["priority"], ticket["acceptance"]) == ("high", "author")
    assert ticket["evidence"] == ["photo", "file"]


def test_what_is_left_out_stays_and_null_takes_away(cast: Cast, ada: Program) -> None:
    number = ada.post(
        PATH, name="Принтеры", department=cast.it.pk, performers=[cast.agent.pk],
        assignment_mode="round_robin",
    ).json()["id"]  # fmt: skip
    shown = ada.post(f"{PATH}/{number}", name="Печать").json()
    assert (shown["name"], shown["department"]["name"]) == ("Печать", "IT")
    assert len(shown["performers"]) == 1
    shown = ada.post(
        f"{PATH}/{number}", department=None, performers=[], assignment_mode=None, is_active=False
    ).json()
    assert (shown["department"], shown["performers"], shown["assignment_mode"]) == (None, [], None)
    kinds = SecurityEntry.objects.order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["structure.topic_created", *["structure.topic_changed"] * 2]
    assert ada.get("/topics").json()["topics"] == []


def test_topics_are_put_into_an_order_and_into_each_other(cast: Cast, ada: Program) -> None:
    first, second, third = (ada.post(PATH, name=name).json()["id"] for name in "абв")
    ada.post(f"{PATH}/{third}/place", before=first)
    ada.post(f"{PATH}/{second}/place", parent=third)
    rows = ada.get(PATH).json()["topics"]
    assert [(row["name"], row["depth"]) for row in rows] == [("в", 0), ("б", 1), ("а", 0)]
    refused = ada.post(f"{PATH}/{third}/place", parent=second)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/parent"


def test_only_one_without_tickets_and_topics_inside_is_deleted(cast: Cast, ada: Program) -> None:
    number = ada.post(PATH, name="Принтеры").json()["id"]
    inside = ada.post(PATH, name="Картриджи", parent=number).json()["id"]
    assert ada.post(f"{PATH}/{number}/delete", {}).status_code == 422
    assert ada.post(f"{PATH}/{inside}/delete", {}).status_code == 200
    assert ada.post(f"{PATH}/{number}/delete", {}).status_code == 200
    assert not Topic.objects.exists()
