"""Whatever is sent, the answer is a reason beside the field, and nothing has changed."""

from __future__ import annotations

from typing import Any

import pytest

from estafeta.accounts.models import Department, Organisation, Person, Position, SecurityEntry, Site
from estafeta.tickets.models import Topic
from tests.cast import Cast
from tests.naughty import MEGABYTE, NAUGHTY
from tests.orders import taken
from tests.program import Program, pointers

A = "/administration"
WRONG: list[tuple[str, dict[str, Any], str]] = [
    (f"{A}/departments", {}, "/name"),
    (f"{A}/departments", {"name": ""}, "/name"),
    (f"{A}/departments", {"name": "  "}, "/name"),
    (f"{A}/departments", {"name": None}, "/name"),
    (f"{A}/departments", {"name": 5}, "/name"),
    (f"{A}/departments", {"name": "ы" * 121}, "/name"),
    (f"{A}/departments", {"name": MEGABYTE}, "/name"),
    (f"{A}/departments", {"name": "IT"}, ""),
    (f"{A}/departments", {"name": "x", "parent": 999_999}, "/parent"),
    (f"{A}/departments", {"name": "x", "parent": 2**63}, "/parent"),
    (f"{A}/departments", {"name": "x", "parent": "1"}, "/parent"),
    (f"{A}/departments", {"name": "x", "prefix": "1С"}, "/prefix"),
    (f"{A}/departments", {"name": "x", "hand_over_hours": 0}, "/hand_over_hours"),
    (f"{A}/departments", {"name": "x", "hand_over_hours": 2**70}, "/hand_over_hours"),
    (f"{A}/departments", {"name": "x", "hand_over_mode": "sometimes"}, "/hand_over_mode"),
    (f"{A}/departments", {"name": "x", "is_hidden": "yes"}, "/is_hidden"),
    (f"{A}/departments", {"name": "x", "path": "/1/"}, "/path"),
    (f"{A}/departments/{{it}}", {"parent": "{network}"}, "/parent"),
    (f"{A}/departments/{{it}}/place", {"parent": "{it}"}, "/parent"),
    (f"{A}/departments/{{it}}/members", {"person": "{agent}", "role": "boss"}, "/role"),
    (f"{A}/departments/{{it}}/members", {"person": 999_999, "role": "head"}, "/person"),
    (f"{A}/departments/{{it}}/merge", {"into": "{network}"}, "/into"),
    (f"{A}/departments/{{it}}/merge", {"into": 999_999}, "/into"),
    (f"{A}/departments/{{it}}/delete", {}, ""),
    (f"{A}/topics", {"name": "ы" * 121}, "/name"),
    (f"{A}/topics", {"name": "x", "department": 999_999}, "/department"),
    (f"{A}/topics", {"name": "x", "performers": ["{client}"]}, "/performers"),
    (f"{A}/topics", {"name": "x", "performers": [999_999]}, "/performers"),
    (f"{A}/topics", {"name": "x", "performers": list(range(1, 200))}, "/performers"),
    (f"{A}/topics", {"name": "x", "evidence": ["blood"]}, "/evidence/0"),
    (f"{A}/topics", {"name": "x", "priority": "low!"}, "/priority"),
    (f"{A}/topics", {"name": "x", "acceptance": "god"}, "/acceptance"),
    (f"{A}/people", {"name": "x", "login": "с пробелом"}, "/login"),
    (f"{A}/people", {"name": "x", "login": "ANNA"}, "/login"),
    (f"{A}/people", {"name": "x", "email": "нет"}, "/email"),
    (f"{A}/people", {"name": "x", "language": "zz"}, "/language"),
    (f"{A}/people", {"name": "x", "time_zone": "Mars/Base"}, "/time_zone"),
    (f"{A}/people", {"name": "x", "organisation": 999_999}, "/organisation"),
    (f"{A}/people", {"name": "x", "departments": [{"department": 999_999}]},
     "/departments/0/department"),
    (f"{A}/people", {"name": "x", "is_administrator": True}, "/is_administrator"),
    (f"{A}/people", {"name": "x", "is_lead": True}, "/is_lead"),
    (f"{A}/people", {"name": "x", "is_director": 1}, "/is_director"),
    (f"{A}/people", {"name": "x", "password": "secret"}, "/password"),
    (f"{A}/people/{{admin}}", {"is_administrator": False}, ""),
    (f"{A}/people/{{admin}}", {"login": None}, ""),
    (f"{A}/people/{{admin}}/deactivate", {}, ""),
    (f"{A}/people/{{agent}}/delete", {}, ""),
    (f"{A}/organisations", {"name": "Alpha"}, "/name"),
    (f"{A}/organisations", {"name": "x", "note": "я" * 200_001}, "/note"),
    (f"{A}/organisations/{{alpha}}/delete", {}, ""),
    (f"{A}/positions", {"name": "ы" * 121}, "/name"),
    (f"{A}/settings", {"archive_after_days": 4000}, "/archive_after_days"),
    (f"{A}/settings", {"archive_after_days": -1}, "/archive_after_days"),
    (f"{A}/settings", {"archive_after_days": "7"}, "/archive_after_days"),
    (f"{A}/settings", {"archive_after_days": None}, "/archive_after_days"),
    (f"{A}/settings", {"file_megabytes": 0}, "/file_megabytes"),
    (f"{A}/settings", {"organisation_name": ""}, "/organisation_name"),
    (f"{A}/settings", {"public_url": "javascript:alert(1)"}, "/public_url"),
    (f"{A}/settings", {"time_zone": "Mars/Base"}, "/time_zone"),
    (f"{A}/settings", {"refused_file_kinds": ["virus"]}, "/refused_file_kinds/0"),
    (f"{A}/settings", {"seal_address": "нет"}, "/seal_address"),
    (f"{A}/settings", {"is_demo": True}, "/is_demo"),
    (f"{A}/look", {"accent": "url(x)"}, "/accent"),
    (f"{A}/look", {"name": "ы" * 41}, "/name"),
    (f"{A}/priorities", {"priorities": [{"priority": "low", "names": {"xx": "?"}}]},
     "/priorities/0/names/xx/[key]"),
    (f"{A}/priorities", {"priorities": [{"priority": "low", "colour": "pink"}]},
     "/priorities/0/colour"),
    (f"{A}/priorities", {"priorities": [
        {"priority": "low", "names": {"en": "Same"}}, {"priority": "high", "names": {"en": "same"}},
     ]}, "/priorities/1/names/en"),
]  # fmt: skip


def _filled(cast: Cast, value: Any) -> Any:
    names = {
        "it": cast.it.pk, "network": cast.network.pk, "agent": cast.agent.pk,
        "client": cast.client.pk, "admin": cast.admin.pk, "alpha": cast.alpha.pk,
    }  # fmt: skip
    if isinstance(value, dict):
        return {key: _filled(cast, one) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(cast, one) for one in value]
    if isinstance(value, str) and value[:1] == "{" and value[1:-1] in names:
        return names[value[1:-1]]
    return value


def _everything() -> list[Any]:
    rows = (Department, Topic, Person, Organisation, Position, Site)
    return [list(model._default_manager.order_by("pk").values()) for model in rows]


@pytest.mark.parametrize(("path", "body", "pointer"), WRONG)
def test_what_is_wrong_is_said_beside_its_field(
    cast: Cast, ada: Program, path: str, body: dict[str, Any], pointer: str
) -> None:
    path = path.format(it=cast.it.pk, admin=cast.admin.pk, agent=cast.agent.pk, alpha=cast.alpha.pk)
    taken(cast)
    before, trail = _everything(), SecurityEntry.objects.count()
    answer = ada.post(path, _filled(cast, body))
    assert answer.status_code == 422, answer.content
    assert pointer in pointers(answer)
    assert all(fault["detail"] for fault in answer.json()["errors"])
    assert _everything() == before
    assert SecurityEntry.objects.count() == trail


@pytest.mark.parametrize(
    "path",
    [
        f"{A}/departments/999999",
        f"{A}/departments/99999999999999999999",
        f"{A}/departments/999999/merge",
        f"{A}/topics/999999",
        f"{A}/people/999999",
        f"{A}/people/999999/leaving",
        f"{A}/organisations/999999",
    ],
)
def test_what_is_not_there_is_not_found(cast: Cast, ada: Program, path: str) -> None:
    assert ada.get(path).status_code == 404
    if "leaving" not in path:
        body = {"into": 1} if path.endswith("merge") else {"name": "x"}
        assert ada.post(path, body).status_code == 404


def test_the_system_itself_is_nobody(cast: Cast, ada: Program) -> None:
    system = Person.objects.get(login="system").pk
    assert ada.get(f"{A}/people/{system}").status_code == 404
    assert ada.post(f"{A}/people/{system}", name="x").status_code == 404
    assert ada.post(f"{A}/people/{system}/deactivate", {}).status_code == 404
    body = {"person": system, "role": "head"}
    assert ada.post(f"{A}/departments/{cast.it.pk}/members", body).status_code == 422


@pytest.mark.parametrize("text", NAUGHTY.values(), ids=NAUGHTY.keys())
@pytest.mark.parametrize("place", ["departments", "topics", "people", "organisations", "positions"])
def test_naughty_names_are_kept_as_text_or_refused(
    cast: Cast, ada: Program, place: str, text: str
) -> None:
    answer = ada.post(f"{A}/{place}", name=text[:250])
    assert answer.status_code in (201, 422)
    if answer.status_code == 201:
        name = answer.json()["name"]
        assert not set(name) & {"\n", "\r", "\x00", "\x1b"}
        assert ada.get(f"{A}/{place}").status_code == 200
