"""Announcements, templates and views: sent twice with a key they are there once."""

from __future__ import annotations

from typing import Any

import pytest

from estafeta.accounts.models import Announcement
from estafeta.tickets.models import AnswerTemplate, SavedView
from tests.cast import Cast
from tests.program import Program

ADDED: list[tuple[str, Any, dict[str, Any]]] = [
    ("/announcements", Announcement, {"text": "Сервер остановлен"}),
    ("/answer-templates", AnswerTemplate, {"title": "Привет", "text": "Здравствуйте"}),
    ("/views", SavedView, {"name": "Мои", "list": "inbox"}),
]


@pytest.mark.parametrize(("path", "model", "body"), ADDED)
def test_the_same_request_with_its_key_adds_once(
    cast: Cast, path: str, model: Any, body: dict[str, Any]
) -> None:
    program = Program.of(cast.director)
    first, again = (program.post(path, body, key="k-1") for _time in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again["Idempotent-Replayed"] == "true"
    assert model.objects.count() == 1
    field = next(iter(body))
    assert program.post(path, {**body, field: "Иначе"}, key="k-1").status_code == 422
    assert model.objects.count() == 1


def test_one_announcement_is_said_otherwise_by_whoever_may(cast: Cast) -> None:
    cast.head.may_announce = True
    cast.head.save()
    hugo, dora = Program.of(cast.head), Program.of(cast.director)
    number = dora.post("/announcements", text="Сервер остановлен").json()["id"]
    path = f"/announcements/{number}"
    body = {"text": "Сервер работает", "level": "warning"}
    assert hugo.post(path, body).status_code == 404
    assert Program.of(cast.agent).post(path, body).status_code == 404
    changed = dora.post(path, body).json()
    assert (changed["text"], changed["level"]) == ("Сервер работает", "warning")
    assert dora.post(path, {**body, "departments": [999_999]}).status_code == 422
    dora.post(f"{path}/withdraw", {})
    assert dora.post(path, body).status_code == 422


def test_earlier_announcements_are_read_by_those_they_were_for(cast: Cast) -> None:
    ada = Program.of(cast.admin)
    for text, audience in (("Всем", "everybody"), ("Своим", "staff"), ("Клиентам", "clients")):
        ada.post("/announcements", text=text, audience=audience)

    def texts(program: Program, **query: Any) -> list[str]:
        rows = program.get("/announcements/all", **query).json()["announcements"]
        return [row["text"] for row in rows]

    assert texts(ada) == ["Клиентам", "Своим", "Всем"]
    assert texts(Program.of(cast.agent)) == ["Своим", "Всем"]
    client = Program.of(cast.client)
    assert texts(client) == ["Клиентам", "Всем"]
    first = client.get("/announcements/all", limit=1).json()
    assert texts(client, after=first["next"]) == ["Всем"]
