"""Completing what is typed: who is offered to whom."""

from __future__ import annotations

from typing import Any

import pytest

from estafeta.desk.tickets.tests.conftest import At
from tests.cast import Cast
from tests.orders import taken


def labels(answer: Any) -> list[str]:
    return [row["label"] for row in answer.json()["results"]]


@pytest.mark.parametrize(
    ("question", "found"),
    [("clara", ["Clara Client"]), ("CLI CLA", ["Clara Client"]), ("214", ["Clara Client"]),
     ("7312214", ["Clara Client"]), ("leo", ["Leo Lead"]), ("zzz", [])],
)  # fmt: skip
def test_people_are_found_by_name_login_phone_and_room(
    cast: Cast, at: At, question: str, found: list[str]
) -> None:
    assert labels(at(cast.agent).get("/people/suggest", {"q": question})) == found


def test_kinds_are_kept_apart(cast: Cast, at: At) -> None:
    def ask(kind: str) -> set[str]:
        return set(labels(at(cast.agent).get("/people/suggest", {"q": "", "kind": kind})))

    assert "Clara Client" in ask("clients") - ask("agents")
    assert "Anna Agent" in ask("agents") - ask("clients")
    assert {"Anna Agent", "Clara Client"} <= ask("all")
    assert not any("system" in name.lower() for name in ask("all"))


@pytest.mark.parametrize("address", ["/people/suggest", "/tickets/suggest-performers"])
def test_clients_are_told_of_nobody(cast: Cast, at: At, address: str) -> None:
    for person in (cast.client, cast.lead, cast.stranger):
        answer = at(person).get(address, {"q": "a"})
        assert answer.status_code == 403
        assert "Anna" not in answer.content.decode()


def test_performers_are_those_of_the_department_with_their_load(cast: Cast, at: At) -> None:
    taken(cast)
    answer = at(cast.head).get("/tickets/suggest-performers", {"department": cast.it.pk})
    assert labels(answer) == ["Anna Agent", "Boris Agent", "Hugo Head", "Nina Network"]
    assert answer.json()["results"][0]["hint"].startswith("1 ticket at work")
    assert "Vera Accounting" in labels(at(cast.head).get("/tickets/suggest-performers"))


def test_departments_are_for_everybody_and_closed_ones_for_nobody(cast: Cast, at: At) -> None:
    cast.accounting.is_active = False
    cast.accounting.save()
    assert labels(at(cast.client).get("/departments/suggest")) == ["IT", "Network"]
    answer = at(cast.client).get("/departments/suggest", {"q": "NET"})
    assert answer.json()["results"] == [
        {"value": cast.network.pk, "label": "Network", "hint": "IT"}
    ]


@pytest.mark.parametrize("question", ["\x00", "%", "'", "x" * 10_000, "\u202e", "٣", "\\"])
def test_odd_questions_are_answered(cast: Cast, at: At, question: str) -> None:
    for address in ("/people/suggest", "/departments/suggest", "/tickets/suggest-performers"):
        sent = {"q": question, "kind": question, "department": question}
        assert at(cast.agent).get(address, sent).status_code == 200
