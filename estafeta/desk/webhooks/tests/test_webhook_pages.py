from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from estafeta.accounts.models import Person
from estafeta.lib import sealed
from estafeta.notifications import fan_out
from estafeta.notifications.models import Delivery, DeliveryState, Webhook
from tests.cast import Cast
from tests.orders import order

At = Callable[[Person], Client]
URL = "https://crm.example.org/hooks?key=s3cret"


def _made(browser: Client, **more: Any) -> Webhook:
    sent = {"name": "CRM", "url": URL, **more}
    answer = browser.post("/administration/webhooks/new", sent)
    assert answer.status_code == 303, answer.text
    return Webhook.objects.get()


def test_the_secret_is_shown_once_and_the_address_never_again(cast: Cast, at: At) -> None:
    browser = at(cast.admin)
    webhook = _made(browser)
    secret = sealed.opened(webhook.sealed_secret)
    page = f"/administration/webhooks/{webhook.pk}"
    first = browser.get(page).text
    assert secret in first
    second = browser.get(page).text
    assert secret not in second
    for text in (first, second, browser.get("/administration/webhooks").text):
        assert "s3cret" not in text
        assert "CRM" in text


def test_left_empty_the_address_stays(cast: Cast, at: At) -> None:
    browser = at(cast.admin)
    webhook = _made(browser, kinds=["done"], departments=[cast.it.pk])
    sent = {"name": "Sales", "url": "", "with_notes": "on"}
    browser.post(f"/administration/webhooks/{webhook.pk}", sent)
    webhook = Webhook.objects.select_related("address").get()
    assert (webhook.name, webhook.with_notes, webhook.kinds) == ("Sales", True, [])
    assert webhook.address.value == URL
    assert not webhook.departments.exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": "", "url": URL}, "This field is required"),
        ({"name": "CRM", "url": "http://crm.example.org"}, "begins with https://"),
        ({"name": "CRM", "url": "https://10.1.1.1/"}, "This address is inside"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    cast: Cast, at: At, sent: dict[str, str], words: str
) -> None:
    answer = at(cast.admin).post("/administration/webhooks/new", sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{sent["url"]}"' in answer.text
    assert not Webhook.objects.exists()


def test_the_log_shows_what_became_of_each_message_and_sends_it_again(cast: Cast, at: At) -> None:
    browser = at(cast.admin)
    webhook = _made(browser)
    order(cast)
    fan_out.run_once()
    Delivery.objects.filter(channel="webhook").update(
        state=DeliveryState.FAILED, error="503 · 12 ms: busy", attempts=3
    )
    page = browser.get(f"/administration/webhooks/{webhook.pk}").text
    assert "503 · 12 ms: busy" in page
    assert "ticket.open" in page
    assert "3 attempts" in page
    row = Delivery.objects.get(channel="webhook")
    way = f"/administration/webhooks/{webhook.pk}/redeliver"
    assert browser.post(way, {"delivery": row.pk}).status_code == 302
    row.refresh_from_db()
    assert row.state == DeliveryState.QUEUED
    foreign = Delivery.objects.create(
        channel="mail", address="x", person=cast.admin, notice={"name": "test"},
        created_at=row.created_at, next_attempt_at=row.created_at, expires_at=row.expires_at,
    )  # fmt: skip
    assert browser.post(way, {"delivery": foreign.pk}).status_code == 404


def test_it_is_tried_switched_given_another_secret_and_removed(cast: Cast, at: At) -> None:
    browser = at(cast.admin)
    webhook = _made(browser)
    way = f"/administration/webhooks/{webhook.pk}"
    browser.post(f"{way}/test")
    assert Delivery.objects.get().notice == {"name": "test"}
    browser.post(f"{way}/off")
    assert not Webhook.objects.listening().exists()
    browser.post(f"{way}/on")
    assert Webhook.objects.listening().exists()
    old = sealed.opened(webhook.sealed_secret)
    browser.post(f"{way}/rotate")
    new = sealed.opened(Webhook.objects.get().sealed_secret)
    page = browser.get(way).text
    assert new in page
    assert old not in page
    browser.post(f"{way}/remove")
    assert not Webhook.objects.exists()
    assert browser.get(way).status_code == 404


def test_only_administrators_find_them(cast: Cast, at: At) -> None:
    webhook = _made(at(cast.admin))
    for who in (cast.director, cast.head, cast.client):
        for page in ("", "/new", f"/{webhook.pk}"):
            assert at(who).get(f"/administration/webhooks{page}").status_code == 404
        assert at(who).post(f"/administration/webhooks/{webhook.pk}/remove").status_code == 404
    assert Webhook.objects.exists()
