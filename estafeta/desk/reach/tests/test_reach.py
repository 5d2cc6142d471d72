from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from estafeta.accounts.models import Person
from estafeta.lib import sealed
from estafeta.notifications import addresses
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.channels.channel import Given
from estafeta.notifications.models import Address, Delivery, DeliveryState
from tests.cast import Cast
from tests.wire import Wire

At = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    made = Wire()
    monkeypatch.setitem(CHANNELS, "wire", made)
    return made


def _code(address: Address) -> str:
    row = Delivery.objects.filter(target=address, notice__name="code").latest("pk")
    assert row.notice is not None
    return sealed.opened(row.notice["sealed_code"])


def test_somebody_adds_an_address_and_proves_it(cast: Cast, at: At) -> None:
    browser = at(cast.agent)
    assert "Add an address" in browser.get("/profile/reach").text
    added = browser.post("/profile/reach", {"channel": "wire", "number": "4711"})
    assert added.status_code == 302
    page = browser.get("/profile/reach").text
    assert "wire …11" in page
    assert "4711" not in page
    assert "Waits for the code" in page
    address = Address.objects.get()
    sent = {"address": address.pk, "act": "confirm", "code": _code(address)}
    assert browser.post("/profile/reach", sent).status_code == 302
    assert Address.objects.usable().get() == address
    assert "Waits for the code" not in browser.get("/profile/reach").text


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    cast: Cast, at: At
) -> None:
    browser = at(cast.agent)
    answer = browser.post("/profile/reach", {"channel": "wire", "number": "abc"})
    assert answer.status_code == 422
    assert "Digits only." in answer.text
    assert 'value="abc"' in answer.text
    browser.post("/profile/reach", {"channel": "wire", "number": "4711"})
    address = Address.objects.get()
    wrong = "000000" if _code(address) != "000000" else "111111"
    answer = browser.post(
        "/profile/reach", {"address": address.pk, "act": "confirm", "code": wrong}
    )
    assert answer.status_code == 422
    assert "This is not the code" in answer.text
    assert f'id="code-{address.pk}-error"' in answer.text


def test_an_address_is_switched_tested_resumed_and_removed(cast: Cast, at: At, wire: Wire) -> None:
    browser = at(cast.agent)
    address = addresses.keep(wire, Given("4711", "wire …11"), owner=cast.agent, by=cast.agent)

    def act(what: str) -> Any:
        return browser.post("/profile/reach", {"address": address.pk, "act": what}, follow=True)

    assert "Nothing is sent" in act("off").text
    assert not Address.objects.usable().exists()
    act("on")
    Address.objects.update(stopped_at=timezone.now(), stopped_reason="410 gone")
    page = browser.get("/profile/reach").text
    assert "410 gone" in page
    assert "Try again" in page
    act("resume")
    assert Address.objects.usable().exists()
    assert "A message is on its way." in act("test").text
    Delivery.objects.update(state=DeliveryState.FAILED, error="503 busy", settled_at=timezone.now())
    assert "503 busy" in browser.get("/profile/reach").text
    act("remove")
    assert not Address.objects.exists()


def test_addresses_of_others_do_not_exist(cast: Cast, at: At, wire: Wire) -> None:
    address = addresses.keep(wire, Given("1", "one"), owner=cast.agent, by=cast.agent)
    for who in (cast.agent_b, cast.admin, cast.head):
        sent = {"address": address.pk, "act": "remove"}
        assert at(who).post("/profile/reach", sent).status_code == 404
        assert at(who).post(f"/departments/{cast.it.pk}/reach", sent).status_code == 404
    assert Address.objects.exists()


@pytest.mark.parametrize("sent", [{"channel": "smoke"}, {"address": "x", "act": "on"}, {}])
def test_what_cannot_be_is_not_found(cast: Cast, at: At, sent: dict[str, str]) -> None:
    assert at(cast.agent).post("/profile/reach", sent).status_code == 404


def test_heads_and_administrators_find_the_addresses_of_departments(cast: Cast, at: At) -> None:
    way = f"/departments/{cast.network.pk}/reach"
    assert way in at(cast.head).get("/profile/reach").text
    assert way in at(cast.admin).get(f"/administration/departments/{cast.network.pk}").text
    for who in (cast.head, cast.admin):
        assert at(who).get(way).status_code == 200
    at(cast.head).post(way, {"channel": "wire", "number": "4711"})
    assert Address.objects.get().department == cast.network
    for who in (cast.network_agent, cast.agent2, cast.director, cast.client):
        assert at(who).get(way).status_code == 404
        assert at(who).post(way, {"channel": "wire", "number": "1"}).status_code == 404


def test_a_head_chooses_what_the_room_of_his_department_hears_of(
    cast: Cast, at: At, wire: Wire
) -> None:
    address = addresses.keep(wire, Given("1", "room"), owner=cast.it, by=cast.head)
    way, sent = f"/departments/{cast.it.pk}/reach", {"address": address.pk, "act": "kinds"}
    assert "What it hears of" in at(cast.head).get(way).text
    chosen = {**sent, f"kinds-{address.pk}": ["done", "deadline"]}
    assert at(cast.head).post(way, chosen).status_code == 302
    address.refresh_from_db()
    assert address.details["kinds"] == ["done", "deadline"]
    for wrong in ({}, {f"kinds-{address.pk}": ["nonsense"]}):
        at(cast.head).post(way, {**sent, **wrong})
    address.refresh_from_db()
    assert address.details["kinds"] == ["done", "deadline"]
    own = addresses.keep(wire, Given("1", "mine"), owner=cast.head, by=cast.head)
    at(cast.head).post(
        "/profile/reach", {"address": own.pk, "act": "kinds", f"kinds-{own.pk}": "done"}
    )
    own.refresh_from_db()
    assert "kinds" not in own.details


def test_the_page_asks_no_more_for_many_addresses(
    cast: Cast, at: At, wire: Wire, django_assert_max_num_queries: Any
) -> None:
    browser = at(cast.agent)
    for number in range(8):
        address = addresses.keep(
            wire, Given(str(number), f"n {number}"), owner=cast.agent, by=cast.agent
        )
        addresses.send_test(address, by=cast.agent)
    browser.get("/profile/reach")
    with django_assert_max_num_queries(20):
        browser.get("/profile/reach")
