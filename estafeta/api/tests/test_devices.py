"""Devices register, take messages, and end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from estafeta.accounts.actions.tokens import revoke_token
from estafeta.accounts.models import ApiToken, Person, SecurityEntry
from estafeta.notifications import deliver, fan_out
from estafeta.notifications.models import Address, Delivery
from tests.cast import Cast
from tests.orders import order
from tests.program import Program, pointers
from tests.services.push import Browser


def _sent(name: str = "Телефон Анны", endpoint: str = "https://up.example/1", **more: Any) -> Any:
    return {"name": name, "platform": "android", "endpoint": endpoint, **Browser().keys, **more}


def test_a_device_registers_once_however_often_it_says_so(cast: Cast) -> None:
    program, sent = Program.of(cast.agent), _sent()
    first = program.post("/me/devices", sent)
    assert first.status_code == 201
    assert first["Location"] == f"/api/v1/me/devices/{first.json()['id']}"
    again = program.post("/me/devices", {**sent, "name": "Рабочий телефон"})
    assert again.json()["id"] == first.json()["id"]
    told = program.get("/me/devices").json()
    assert [(row["name"], row["platform"], row["is_this"]) for row in told["devices"]] == [
        ("Рабочий телефон", "android", True)
    ]
    assert told["push_key"].startswith("B")
    assert "up.example" not in program.get("/me/devices").content.decode()
    added = SecurityEntry.objects.filter(kind__contains="address")
    assert added.count() == 1, "a repeat is no new address"


def test_what_nothing_can_be_sent_to_is_refused_beside_its_field(cast: Cast) -> None:
    program = Program.of(cast.agent)
    for wrong in (
        _sent(endpoint="http://up.example/1"),
        _sent(endpoint="https://127.0.0.1/"),
        _sent(p256dh="AAAA"),
        _sent(auth="я"),
    ):
        response = program.post("/me/devices", wrong)
        assert (response.status_code, pointers(response)) == (422, ["/endpoint"])
    assert pointers(program.post("/me/devices", _sent(name=" "))) == ["/name"]
    assert pointers(program.post("/me/devices", _sent(name="я" * 81))) == ["/name"]
    assert not Address.objects.exists()


def test_a_moved_endpoint_stays_the_same_device(cast: Cast) -> None:
    program = Program.of(cast.agent)
    number = program.post("/me/devices", _sent()).json()["id"]
    other = program.post("/me/devices", _sent(endpoint="https://up.example/2"))
    moved = _sent("Другое", "https://up.example/3")
    assert program.post(f"/me/devices/{number}", moved).json()["id"] == number
    twin = {**moved, "name": "Третье"}
    assert program.post(f"/me/devices/{other.json()['id']}", twin).status_code == 200
    assert [row["name"] for row in program.get("/me/devices").json()["devices"]] == ["Третье"]


def test_the_next_person_at_a_device_takes_it_over(cast: Cast) -> None:
    sent = _sent()
    Program.of(cast.agent).post("/me/devices", sent)
    Program.of(cast.agent_b).post("/me/devices", sent)
    assert Address.objects.get().person == cast.agent_b


def test_nobody_touches_a_device_of_somebody_else(cast: Cast) -> None:
    number = Program.of(cast.agent).post("/me/devices", _sent()).json()["id"]
    for who in (cast.agent_b, cast.admin):
        program = Program.of(who, "admin" if who == cast.admin else "write")
        assert program.get("/me/devices").json()["devices"] == []
        for path, sent in (("", _sent()), ("/rename", {"name": "Моё"}), ("/revoke", {})):
            assert program.post(f"/me/devices/{number}{path}", sent).status_code == 404
    assert Address.objects.get().label == "Телефон Анны"


def test_a_browser_is_no_device(cast: Cast, client: Client) -> None:
    client.force_login(cast.agent)
    sent = {"endpoint": "https://push.example/one", **Browser().keys}
    client.post("/profile/push", sent)
    assert Program.of(cast.agent).get("/me/devices").json()["devices"] == []


def test_a_lost_device_is_revoked_with_its_token(cast: Cast) -> None:
    phone, desk = Program.of(cast.agent), Program.of(cast.agent)
    number = phone.post("/me/devices", _sent()).json()["id"]
    told = desk.get("/me/devices").json()["devices"][0]
    assert (told["id"], told["is_this"]) == (number, False)
    answer = desk.post(f"/me/devices/{number}/revoke", {"token_too": True}).json()
    assert answer == {"revoked": True, "token_revoked": True}
    assert phone.get("/me").status_code == 401
    assert desk.get("/me").status_code == 200
    assert not Address.objects.exists()


def test_asking_for_news_tells_that_a_device_is_alive(cast: Cast) -> None:
    program = Program.of(cast.agent)
    number = program.post("/me/devices", _sent()).json()["id"]
    row = Address.objects.get()
    row.details["device"]["seen_at"] = (timezone.now() - timedelta(days=2)).isoformat()
    row.save()
    Program.of(cast.agent_b).get("/sync", device=number)
    assert program.get("/me/devices").json()["devices"][0]["seen_at"][:10] != _today()
    assert program.get("/sync", device=number).status_code == 200
    assert program.get("/me/devices").json()["devices"][0]["seen_at"][:10] == _today()


def _today() -> str:
    return timezone.now().isoformat()[:10]


def test_nothing_is_sent_to_a_device_whose_token_has_ended(cast: Cast) -> None:
    Program.of(cast.agent).post("/me/devices", _sent())
    token = ApiToken.objects.get(person=cast.agent)
    order(cast, people=[cast.agent])
    while fan_out.run_once():
        pass
    assert Delivery.objects.filter(channel="webpush").exists()
    revoke_token(token, by=cast.agent)
    deliver.run_once()
    assert [row.error for row in Delivery.objects.filter(channel="webpush")] == [
        "The token of the device is no longer valid."
    ]


@pytest.mark.parametrize("is_over", [False, True])
def test_the_profile_shows_devices_among_browsers(
    cast: Cast, client: Client, is_over: bool
) -> None:
    Program.of(cast.agent).post("/me/devices", _sent())
    if is_over:
        revoke_token(ApiToken.objects.get(person=cast.agent), by=cast.agent)
    client.force_login(Person.objects.get(pk=cast.agent.pk))
    page = client.get("/profile/reach").content.decode()
    assert "Телефон Анны" in page
    assert "A program on a device" in page
    assert ("Its token has ended" in page) == is_over
