from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from estafeta.accounts.errors import Invalid, NotAllowed
from estafeta.accounts.models import Person, SecurityEntry
from estafeta.lib import sealed
from estafeta.notifications import addresses
from estafeta.notifications.addresses import adding, forgetting, notices, proving
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.models import Address, Delivery, DeliveryState
from tests import wire as wire_of_tests
from tests.cast import Cast


class Wire(wire_of_tests.Wire):
    """Nothing leaves by it here."""

    shown_as = "…"

    def open(self, values: Any) -> Any:
        raise AssertionError


@pytest.fixture(autouse=True)
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    made = Wire()
    monkeypatch.setitem(CHANNELS, "wire", made)
    return made


def _begun(cast: Cast, wire: Wire, number: str = "4711") -> Address:
    return addresses.begin(wire, {"number": number}, owner=cast.agent, by=cast.agent)


def _code(address: Address) -> str:
    row = Delivery.objects.filter(target=address, notice__name="code").latest("pk")
    assert row.notice is not None
    return sealed.opened(row.notice["sealed_code"])


def test_an_address_is_used_only_after_its_code_came_back(cast: Cast, wire: Wire) -> None:
    address = _begun(cast, wire)
    assert not Address.objects.usable().exists()
    code = _code(address)
    assert re.fullmatch(r"\d{6}", code)
    addresses.confirm(address, f" {code[:3]} {code[3:]} ", by=cast.agent)
    assert Address.objects.usable().get() == address
    assert SecurityEntry.objects.get(kind="people.address_added").about == cast.agent


def test_neither_address_nor_code_lie_open_in_the_database(cast: Cast, wire: Wire) -> None:
    address = _begun(cast, wire)
    row = Address.objects.values().get()
    assert "4711" not in str(row)
    assert _code(address) not in str(row) + str(Delivery.objects.values().get())
    assert Address.objects.get().value == "4711"


def test_a_wrong_code_counts_and_the_fifth_spoils_it(cast: Cast, wire: Wire) -> None:
    address = _begun(cast, wire)
    right = _code(address)
    wrong = "000000" if right != "000000" else "000001"
    for _ in range(proving.MOST_TRIES):
        with pytest.raises(Invalid):
            addresses.confirm(address, wrong, by=cast.agent)
    with pytest.raises(Invalid, match="too old"):
        addresses.confirm(address, right, by=cast.agent)
    assert not Address.objects.usable().exists()


def test_a_code_is_too_old_after_a_quarter_of_an_hour(cast: Cast, wire: Wire) -> None:
    address = _begun(cast, wire)
    code = _code(address)
    later = timezone.now() + proving.VALID + timedelta(seconds=1)
    with time_machine.travel(later), pytest.raises(Invalid, match="too old"):
        addresses.confirm(address, code, by=cast.agent)


def test_another_code_makes_the_one_before_worthless(cast: Cast, wire: Wire) -> None:
    address = _begun(cast, wire)
    first = _code(address)
    addresses.send_code(address, by=cast.agent)
    if _code(address) != first:
        with pytest.raises(Invalid, match="not the code"):
            addresses.confirm(address, first, by=cast.agent)


def test_nobody_has_codes_sent_again_and_again_even_if_he_removes_the_address(
    cast: Cast, wire: Wire
) -> None:
    for number in range(proving.MOST_CODES):
        addresses.remove(_begun(cast, wire, str(number)), by=cast.agent)
    with pytest.raises(Invalid, match="Wait an hour"):
        _begun(cast, wire, "99")
    with time_machine.travel(timezone.now() + notices.SPAN + timedelta(minutes=1)):
        _begun(cast, wire, "99")


def test_the_channel_judges_what_was_typed(cast: Cast, wire: Wire) -> None:
    with pytest.raises(Invalid) as refused:
        _begun(cast, wire, "abc")
    assert refused.value.errors == {"number": ["Digits only."]}
    assert not Address.objects.exists()


def test_the_same_address_twice_is_one_and_too_many_are_refused(
    cast: Cast, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = _begun(cast, wire)
    assert _begun(cast, wire) == address
    address = addresses.confirm(address, _code(address), by=cast.agent)
    with pytest.raises(Invalid, match="already"):
        _begun(cast, wire)
    monkeypatch.setattr(adding, "MOST_OF_ONE_CHANNEL", 1)
    with pytest.raises(Invalid, match="too many"):
        _begun(cast, wire, "4712")


def test_two_people_may_share_an_address(cast: Cast, wire: Wire) -> None:
    _begun(cast, wire)
    addresses.begin(wire, {"number": "4711"}, owner=cast.agent_b, by=cast.agent_b)
    assert Address.objects.count() == 2


def test_strangers_can_do_nothing_with_it(cast: Cast, wire: Wire) -> None:
    address = _begun(cast, wire)
    acts: list[Callable[[Person], object]] = [
        lambda who: addresses.confirm(address, _code(address), by=who),
        lambda who: addresses.send_code(address, by=who),
        lambda who: addresses.switch(address, False, by=who),
        lambda who: addresses.resume(address, by=who),
        lambda who: addresses.send_test(address, by=who),
        lambda who: addresses.remove(address, by=who),
    ]
    for who in (cast.agent_b, cast.head, cast.admin):
        for act in acts:
            with pytest.raises(NotAllowed):
                act(who)


def test_heads_and_administrators_give_departments_addresses(cast: Cast, wire: Wire) -> None:
    for number, who in enumerate((cast.head, cast.admin)):
        addresses.begin(wire, {"number": f"47{number}"}, owner=cast.network, by=who)
    for who in (cast.agent, cast.network_agent, cast.director):
        with pytest.raises(NotAllowed):
            addresses.begin(wire, {"number": "1"}, owner=cast.network, by=who)
    with pytest.raises(NotAllowed):
        addresses.begin(wire, {"number": "1"}, owner=cast.accounting, by=cast.head)
    assert {address.department for address in Address.objects.all()} == {cast.network}


def test_a_channel_that_is_off_takes_no_addresses(
    cast: Cast, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Wire, "is_on_by_itself", False)
    with pytest.raises(Invalid):
        _begun(cast, wire)


def test_a_stopped_address_is_used_again_when_its_owner_says_so(cast: Cast, wire: Wire) -> None:
    address = _begun(cast, wire)
    address = addresses.confirm(address, _code(address), by=cast.agent)
    Address.objects.update(stopped_at=timezone.now(), stopped_reason="410 gone")
    assert not Address.objects.usable().exists()
    addresses.resume(address, by=cast.agent)
    assert Address.objects.usable().exists()
    addresses.switch(address, False, by=cast.agent)
    assert not Address.objects.usable().exists()


def test_what_waits_for_a_removed_address_expires_in_the_ledger(cast: Cast, wire: Wire) -> None:
    address = _begun(cast, wire)
    address = addresses.confirm(address, _code(address), by=cast.agent)
    row = addresses.send_test(address, by=cast.agent)
    addresses.remove(address, by=cast.agent)
    row.refresh_from_db()
    assert (row.state, row.target) == (DeliveryState.EXPIRED, None)
    assert SecurityEntry.objects.filter(kind="people.address_removed").count() == 1


def test_what_nobody_proved_is_forgotten_after_a_day(cast: Cast, wire: Wire) -> None:
    proved = _begun(cast, wire, "1")
    addresses.confirm(proved, _code(proved), by=cast.agent)
    _begun(cast, wire, "2")
    assert forgetting.forget_unproved() == 0
    with time_machine.travel(timezone.now() + forgetting.KEPT + timedelta(minutes=1)):
        assert forgetting.forget_unproved() == 1
    assert Address.objects.get() == proved


def test_tests_are_limited(cast: Cast, wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    address = _begun(cast, wire)
    with pytest.raises(Invalid, match="Confirm"):
        addresses.send_test(address, by=cast.agent)
    address = addresses.confirm(address, _code(address), by=cast.agent)
    for _ in range(10):
        addresses.send_test(address, by=cast.agent)
    with pytest.raises(Invalid, match="many tests"):
        addresses.send_test(address, by=cast.agent)
