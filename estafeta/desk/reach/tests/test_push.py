from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from estafeta.accounts.actions.people import deactivate
from estafeta.accounts.models import Person
from estafeta.notifications import addresses
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.channels.webpush.subscription import Subscription
from estafeta.notifications.models import Address
from tests.cast import Cast
from tests.services.push import Browser

At = Callable[[Person], Client]
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


def _sent(browser: Browser, endpoint: str = "https://push.example/one") -> dict[str, str]:
    return {"endpoint": endpoint, **browser.keys}


def test_a_browser_subscribes_and_stands_in_the_list(cast: Cast, at: At) -> None:
    client = at(cast.agent)
    page = client.get("/profile/reach").text
    assert 'data-push-key="B' in page
    answer = client.post("/profile/push", _sent(Browser()), headers={"User-Agent": CHROME})
    assert answer.status_code == 204
    address = Address.objects.usable().get()
    assert (address.person, address.label) == (cast.agent, "Chrome, Linux")
    assert Subscription.of(address.value).endpoint == "https://push.example/one"
    page = client.get("/profile/reach").text
    assert f'data-fingerprint="{address.fingerprint}"' in page
    assert "push.example" not in page


def test_the_same_browser_twice_is_one_address_and_it_can_end(cast: Cast, at: At) -> None:
    client, sent = at(cast.agent), _sent(Browser())
    client.post("/profile/push", sent)
    client.post("/profile/push", sent)
    assert Address.objects.count() == 1
    at(cast.agent_b).post("/profile/push/end", sent)
    assert Address.objects.count() == 1, "nobody ends it for another"
    assert client.post("/profile/push/end", sent).status_code == 204
    assert not Address.objects.exists()


def test_who_signs_in_next_at_this_browser_takes_it_over(cast: Cast, at: At) -> None:
    sent = _sent(Browser())
    at(cast.agent).post("/profile/push", sent)
    at(cast.agent_b).post("/profile/push", sent)
    assert Address.objects.get().person == cast.agent_b


@pytest.mark.parametrize(
    "endpoint",
    ["http://push.example/", "https://127.0.0.1/", "https://[::1]/", "file:///etc/passwd", "", "x"],
)
def test_no_address_inside_is_taken(cast: Cast, at: At, endpoint: str) -> None:
    answer = at(cast.agent).post("/profile/push", _sent(Browser(), endpoint))
    assert answer.status_code == 422
    assert not Address.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"p256dh": "AAAA"}, {"auth": "AA"}, {"p256dh": "я"}, {"p256dh": "B" * 87}]
)
def test_keys_with_which_nothing_can_be_encrypted_are_refused(
    cast: Cast, at: At, wrong: dict[str, str]
) -> None:
    answer = at(cast.agent).post("/profile/push", {**_sent(Browser()), **wrong})
    assert answer.status_code == 422


def test_a_renewed_subscription_takes_the_place_of_the_old_one(cast: Cast, at: At) -> None:
    old, new = _sent(Browser()), _sent(Browser(), "https://push.example/two")
    at(cast.agent).post("/profile/push", old)
    told = new | {f"old_{name}": value for name, value in old.items()}
    stranger = Client(enforce_csrf_checks=True)
    guessed = told | {"old_auth": new["auth"]}
    assert stranger.post("/push/renew", guessed).status_code == 404
    assert stranger.post("/push/renew", told).status_code == 204
    address = Address.objects.get()
    assert Subscription.of(address.value).endpoint == "https://push.example/two"
    assert address.person == cast.agent
    inside = (
        new
        | {f"old_{name}": value for name, value in new.items()}
        | {"endpoint": "https://10.0.0.1/"}
    )
    assert stranger.post("/push/renew", inside).status_code == 422


def _subscribed(client: Client, number: int) -> dict[str, str]:
    sent = _sent(Browser(), f"https://push.example/{number}")
    assert client.post("/profile/push", sent).status_code == 204
    return sent


def _left(person: Person) -> list[str]:
    rows = Address.objects.filter(person=person, channel="webpush").order_by("pk")
    return [Subscription.of(row.value).endpoint.rpartition("/")[2] for row in rows]


def _signed_in(person: Person) -> Client:
    if not person.check_password("a long passphrase"):
        person.set_password("a long passphrase")
        person.save()
    client = Client()
    given = {"login": person.login, "password": "a long passphrase", "remember": "on"}
    assert client.post("/sign-in", given).status_code == 302
    return client


def test_who_signs_out_is_told_nothing_more_in_this_browser(cast: Cast) -> None:
    here, there = _signed_in(cast.agent), _signed_in(cast.agent)
    _subscribed(here, 1)
    _subscribed(there, 2)
    here.post("/sign-out")
    assert _left(cast.agent) == ["2"]


def test_a_session_that_is_ended_from_elsewhere_takes_its_browser_along(cast: Cast) -> None:
    here, there, third = (_signed_in(cast.agent) for _number in range(3))
    for number, client in enumerate((here, there, third), 1):
        _subscribed(client, number)
    row = UserSession.objects.get(session_key=there.session.session_key)
    here.post("/profile/devices/end", {"number": row.pk})
    assert _left(cast.agent) == ["1", "3"]
    here.post("/profile/devices/end")
    assert _left(cast.agent) == ["1"]


def test_another_password_ends_all_other_browsers_and_this_one_goes_on(cast: Cast) -> None:
    here, there = _signed_in(cast.agent), _signed_in(cast.agent)
    _subscribed(here, 1)
    _subscribed(there, 2)
    given = {
        "current": "a long passphrase", "password": "another long passphrase",
        "again": "another long passphrase",
    }  # fmt: skip
    assert here.post("/password/change", given).status_code == 302
    assert _left(cast.agent) == ["1"]
    here.post("/sign-out")
    assert _left(cast.agent) == []


def test_who_is_switched_off_has_no_browser_left_but_devices_stay_for_their_tokens(
    cast: Cast,
) -> None:
    here = _signed_in(cast.agent)
    _subscribed(here, 1)
    UserSession.objects.all().delete()  # it ran out
    device = Browser()
    given = Subscription(endpoint="https://push.example/device", **device.keys).given("")
    addresses.keep(CHANNELS["webpush"], given, owner=cast.agent, by=cast.agent)
    deactivate(cast.agent, by=cast.admin)
    assert _left(cast.agent) == ["device"]
