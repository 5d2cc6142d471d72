from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from estafeta.accounts.models import Person
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
