from __future__ import annotations

import pytest

from estafeta.lib import sealed
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.models import Address, Delivery, Webhook
from estafeta.notifications.webhooks import changing
from estafeta.notifications.webhooks.changing import Wanted
from tests.cast import Cast
from tests.program import Program, pointers
from tests.wire import Wire


@pytest.fixture(autouse=True)
def wire(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CHANNELS, "wire", Wire())


def test_a_program_adds_confirms_switches_and_removes_an_address(cast: Cast) -> None:
    program = Program.of(cast.agent)
    offered = {one["name"]: one for one in program.get("/addresses").json()["channels"]}
    assert [field["name"] for field in offered["wire"]["fields"]] == ["number"]
    added = program.post("/addresses", channel="wire", fields={"number": "4711"})
    assert added.status_code == 201
    assert added.json()["is_confirmed"] is False
    assert "4711" not in added.content.decode()
    notice = Delivery.objects.get().notice or {}
    way = f"/addresses/{added.json()['id']}"
    wrong = program.post(f"{way}/confirm", code="x")
    assert (wrong.status_code, pointers(wrong)) == (422, ["/code"])
    right = program.post(f"{way}/confirm", code=sealed.opened(notice["sealed_code"]))
    assert right.json()["is_confirmed"] is True
    assert program.post(f"{way}/off", {}).json()["is_on"] is False
    assert program.post(f"{way}/on", {}).json()["is_on"] is True
    assert program.post(f"{way}/test", {}).status_code == 200
    assert program.post(f"{way}/remove", {}).status_code == 200
    assert program.get("/addresses").json()["addresses"] == []


def test_faults_name_the_field(cast: Cast) -> None:
    program = Program.of(cast.agent)
    for fields in ({}, {"number": "abc"}):
        answer = program.post("/addresses", channel="wire", fields=fields)
        assert answer.status_code == 422
        assert pointers(answer)[0].endswith("number")
    assert program.post("/addresses", channel="smoke", fields={}).status_code == 404


def test_addresses_of_others_are_not_found(cast: Cast) -> None:
    Program.of(cast.agent).post("/addresses", channel="wire", fields={"number": "1"})
    way = f"/addresses/{Address.objects.get().pk}/remove"
    for who in (cast.agent_b, cast.head, cast.admin):
        assert Program.of(who).post(way, {}).status_code == 404


def test_a_head_gives_his_department_an_address(cast: Cast) -> None:
    of_department = {"channel": "wire", "fields": {"number": "1"}, "department": cast.it.pk}
    assert Program.of(cast.agent).post("/addresses", of_department).status_code == 404
    assert Program.of(cast.agent).get("/addresses", department=cast.it.pk).status_code == 404
    head = Program.of(cast.head)
    assert head.post("/addresses", of_department).json()["department"]["id"] == cast.it.pk
    assert len(head.get("/addresses", department=cast.it.pk).json()["addresses"]) == 1
    assert head.get("/addresses").json()["addresses"] == []


def test_a_webhook_is_nobodys_address(cast: Cast) -> None:
    wanted = Wanted("CRM", "https://crm.example.org/", [], [], with_notes=False)
    webhook, _secret = changing.make(wanted, by=cast.admin)
    answer = Program.of(cast.admin).post(f"/addresses/{webhook.address_id}/remove", {})
    assert answer.status_code == 404
    assert Webhook.objects.exists()
