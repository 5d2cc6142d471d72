"""Requests sent twice add once; what somebody else changed is not undone unawares."""

from __future__ import annotations

from typing import Any

import pytest

from estafeta.accounts.models import Department, Organisation, Person, Position, SecurityEntry
from estafeta.tickets.models import Topic
from tests.cast import Cast
from tests.orders import order
from tests.program import Program

ADDED: list[tuple[str, Any]] = [
    ("departments", Department),
    ("topics", Topic),
    ("people", Person),
    ("organisations", Organisation),
    ("positions", Position),
]


@pytest.mark.parametrize(("place", "model"), ADDED)
def test_the_same_request_with_its_key_adds_once(
    cast: Cast, ada: Program, place: str, model: Any
) -> None:
    path, before = f"/administration/{place}", model.objects.count()
    first = ada.post(path, key="k-1", name="Новое")
    trail = SecurityEntry.objects.count()
    again = ada.post(path, key="k-1", name="Новое")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert first["Location"] == again["Location"] == f"/api/v1{path}/{first.json()['id']}"
    assert "Idempotent-Replayed" not in first
    assert again["Idempotent-Replayed"] == "true"
    assert model.objects.count() == before + 1
    assert SecurityEntry.objects.count() == trail


def test_a_key_is_of_one_request_and_of_one_person(cast: Cast, ada: Program) -> None:
    ada.post("/administration/positions", key="k-1", name="Бухгалтер")
    other = ada.post("/administration/positions", key="k-1", name="Кассир")
    assert other.status_code == 422
    assert other.json()["errors"][0]["header"] == "Idempotency-Key"
    elsewhere = ada.post("/administration/organisations", key="k-1", name="Бухгалтер")
    assert elsewhere.status_code == 422
    cast.agent.is_administrator = True
    cast.agent.save()
    anna = Program.of(cast.agent, "admin")
    assert anna.post("/administration/positions", key="k-1", name="Кассир").status_code == 201


def test_a_refused_request_leaves_its_key_free(cast: Cast, ada: Program) -> None:
    assert ada.post("/administration/departments", key="k-1", name="IT").status_code == 422
    assert ada.post("/administration/departments", key="k-1", name="HR").status_code == 201


def test_without_a_key_each_request_adds(cast: Cast, ada: Program) -> None:
    for _time in range(2):
        assert ada.post("/administration/topics", name="Принтеры").status_code == 201
    assert Topic.objects.count() == 2


@pytest.mark.parametrize(
    ("place", "body"),
    [
        ("departments/{it}", {"prefix": "IT"}),
        ("topics/{topic}", {"is_hidden": True}),
        ("people/{person}", {"room": "101"}),
        ("organisations/{organisation}", {"note": "Договор 5"}),
        ("settings", {"archive_after_days": 30}),
        ("look", {"name": "Заявки"}),
        ("priorities", {"priorities": [{"priority": "high", "names": {"en": "Hurry"}}]}),
    ],
)
def test_a_change_over_another_is_refused_to_whoever_says_what_he_has_read(
    cast: Cast, ada: Program, place: str, body: dict[str, Any]
) -> None:
    topic = Topic.objects.create(name="1С")
    path = "/administration/" + place.format(
        it=cast.it.pk, topic=topic.pk, person=cast.agent.pk, organisation=cast.alpha.pk
    )
    old = ada.get(path)["ETag"]
    changed = ada.post(path, body, if_match=old)
    assert changed.status_code == 200
    assert changed["ETag"] != old
    refused = ada.post(path, body, if_match=old)
    assert refused.status_code == 412
    assert refused["Content-Type"] == "application/problem+json"
    assert ada.get(path)["ETag"] == changed["ETag"]
    assert ada.post(path, body, if_match=f"{old}, {changed['ETag']}").status_code == 200
    assert ada.post(path, body, if_match="*").status_code == 200
    assert ada.post(path, body).status_code == 200


def test_tickets_that_come_and_go_are_no_change_of_a_department(cast: Cast, ada: Program) -> None:
    path = f"/administration/departments/{cast.it.pk}"
    before = ada.get(path)
    order(cast)
    after = ada.get(path)
    assert (before.json()["open_tickets"], after.json()["open_tickets"]) == (0, 1)
    assert before["ETag"] == after["ETag"]
