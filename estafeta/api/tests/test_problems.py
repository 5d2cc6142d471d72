"""Every fault is a problem detail, and none is a 500."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from estafeta.api.endpoints import me
from estafeta.api.problems import MOST_FAULTS
from estafeta.tickets import actions
from tests.cast import Cast
from tests.orders import order, taken
from tests.program import ROOT, Program


def _send(program: Program, body: bytes | str, kind: str = "application/json", **more: Any) -> Any:
    headers = {"Authorization": f"Bearer {program.token}"}
    return program.client.post(f"{ROOT}/tickets", body, content_type=kind, headers=headers, **more)


def _is_problem(answer: Any, status: int) -> None:
    assert answer.status_code == status, answer.content[:300]
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert set(told) >= {"type", "title", "status", "detail", "instance", "errors"}
    assert told["status"] == status
    assert told["title"]


@pytest.mark.parametrize(
    "body",
    [b"{", b"\xff\xfe", b"'x'", b'{"title": "\xd0"}', b"[" * 100_000, b'{"a": ' + b"9" * 5000 + b"}",
     b"NaN,"],
)  # fmt: skip
def test_what_is_not_json_is_400(cast: Cast, body: bytes) -> None:
    _is_problem(_send(Program.of(cast.agent), body), 400)


@pytest.mark.parametrize(
    "body",
    ["[]", "1", '"x"', "null", "[{}]", '{"title": NaN}', '{"title": "\\ud800"}', '{"\\ud800": 1}',
     '{"title": {"a": 1}}', '{"title": 5}', '{"title": true, "department": 1.5}',
     '{"title": "x", "department": 99999999999999999999999}',
     '{"title": "x", "people": "all"}', '{"title": "x", "people": [[]]}',
     '{"title": "x", "deadline": 5}', '{"title": "x", "deadline": "2099-01-01T00:00:00"}',
     '{"title": "x", "deadline": "9999-12-31T23:59:59-14:00", "department": 1}'],
)  # fmt: skip
def test_what_has_the_wrong_shape_is_422(cast: Cast, body: str) -> None:
    _is_problem(_send(Program.of(cast.agent), body), 422)


def test_an_overgrown_request_is_413(cast: Cast) -> None:
    body = json.dumps({"title": "x", "text": "я" * 2_200_000}, ensure_ascii=False)
    _is_problem(_send(Program.of(cast.agent), body), 413)


def test_a_body_of_unknown_length_is_411_and_not_taken_for_none(cast: Cast) -> None:
    program = Program.of(cast.agent)
    answer = program.client.generic(
        "POST", f"{ROOT}/tickets/1/complete", b"", content_type="application/json",
        headers={"Authorization": f"Bearer {program.token}", "Transfer-Encoding": "chunked"},
    )  # fmt: skip
    _is_problem(answer, 411)
    assert answer.json()["errors"][0]["header"] == "Content-Length"


def test_of_a_hundred_thousand_faults_only_the_first_are_told(cast: Cast) -> None:
    answer = Program.of(cast.agent).post("/tickets", **{f"field{n}": 1 for n in range(1000)})
    _is_problem(answer, 422)
    assert len(answer.json()["errors"]) == MOST_FAULTS


def test_a_megabyte_of_text_is_422(cast: Cast) -> None:
    answer = Program.of(cast.agent).post(
        "/tickets", title="x", text="y" * 1_000_000, department=cast.it.pk
    )
    _is_problem(answer, 422)
    assert answer.json()["errors"][0]["pointer"] == "/text"


@pytest.mark.parametrize(
    "kind", ["text/plain", "multipart/form-data; boundary=x", "application/xml"]
)
def test_another_content_type_is_415(cast: Cast, kind: str) -> None:
    _is_problem(_send(Program.of(cast.agent), '{"title": "x"}', kind), 415)


@pytest.mark.parametrize("method", ["delete", "put", "patch", "head", "options", "trace"])
def test_another_method_is_405(cast: Cast, method: str) -> None:
    program = Program.of(cast.agent)
    answer = getattr(program.client, method)(f"{ROOT}/tickets")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, POST"


@pytest.mark.parametrize(
    "path", ["", "/", "/nowhere", "/tickets/1/dance", "/tickets/", "/me/", "/../me"]
)
def test_an_unknown_address_is_404(cast: Cast, path: str) -> None:
    _is_problem(Client().get(f"{ROOT}/{path.lstrip('/')}"), 404)


def test_a_fault_of_ours_is_a_500_that_tells_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(request: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(me, "the_person", broken)
    answer = Program.of(cast.agent).get("/me")
    _is_problem(answer, 500)
    assert "secret" not in answer.content.decode()
    assert "the secret of the house" in caplog.text


def test_the_document_is_open_and_in_utf8(cast: Cast) -> None:
    answer = Client().get(f"{ROOT}/openapi.json")
    assert answer.status_code == 200
    document = answer.json()
    assert document["openapi"].startswith("3.1")
    for methods in document["paths"].values():
        for method, operation in methods.items():
            codes = set(operation["responses"])
            assert codes >= {"401", "404", "405", "422", "429", "500"}
            if method == "post":
                assert codes >= {"400", "403", "409", "411", "413", "415"}


def test_what_happened_meanwhile_is_told_to_those_who_may_read_it(cast: Cast) -> None:
    ticket = taken(cast, by=cast.agent, title="Принтер")
    deleted = Program.of(cast.admin, "admin").post(
        f"/tickets/{ticket.pk}/delete", reason="Ошибка", seen=0
    )
    assert deleted.status_code == 200
    asked = order(cast, by=cast.client)
    seen = asked.journal_length
    actions.take(asked, by=cast.agent)
    actions.add_subtask(asked, by=cast.agent, title="Часть")
    refused = Program.of(cast.client).post(f"/tickets/{asked.pk}/cancel", reason="Нет", seen=seen)
    assert [row["verb"] for row in refused.json()["changes"]] == ["take"]
