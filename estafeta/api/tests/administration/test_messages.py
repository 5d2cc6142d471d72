"""Webhooks and channels, as administrators' programs keep and watch them."""

from __future__ import annotations

import pytest
from django.utils import timezone

from estafeta.accounts.models import SecurityEntry
from estafeta.notifications.models import (
    Address,
    ChannelState,
    Delivery,
    DeliveryState,
    Webhook,
)
from tests.cast import Cast
from tests.program import Program

HOOKS, CHANNELS = "/administration/webhooks", "/administration/channels"
GIVEN = {"name": "CRM", "url": "https://crm.example.org/hooks?key=s3cr3t", "kinds": ["done"]}


def test_a_webhook_is_added_once_a_key_and_its_secret_told_once(cast: Cast, ada: Program) -> None:
    given = {**GIVEN, "departments": [cast.it.pk]}
    first = ada.post(HOOKS, given, key="k")
    again = ada.post(HOOKS, given, key="k")
    assert (first.status_code, again.status_code) == (201, 201)
    made = first.json()
    assert made["secret"].startswith("whsec_")
    assert again.json() == {**made, "secret": None}
    assert made["departments"] == [{"id": cast.it.pk, "name": "IT"}]
    assert "s3cr3t" not in first.text
    assert ada.get(f"{HOOKS}/{made['id']}").json()["secret"] is None
    assert [one["id"] for one in ada.get(HOOKS).json()["webhooks"]] == [made["id"]]


def test_what_is_left_out_stays_and_what_changed_meanwhile_is_not_undone(
    cast: Cast, ada: Program
) -> None:
    made = ada.post(HOOKS, GIVEN).json()
    place = f"{HOOKS}/{made['id']}"
    tag = ada.get(place)["ETag"]
    fingerprint = Address.objects.get(channel="webhook").fingerprint
    changed = ada.post(place, {"with_notes": True}, if_match=tag)
    assert changed.status_code == 200
    assert (changed.json()["name"], changed.json()["kinds"]) == ("CRM", ["done"])
    assert changed.json()["with_notes"] is True
    assert Address.objects.get(channel="webhook").fingerprint == fingerprint
    assert ada.post(place, {"name": "ERP"}, if_match=tag).status_code == 412
    assert Webhook.objects.get().name == "CRM"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "http://crm.example.org/"), ("url", "https://127.0.0.1/"), ("name", ""),
        ("kinds", ["nonsense"]), ("departments", [999]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_its_field(
    cast: Cast, ada: Program, field: str, value: object
) -> None:
    answer = ada.post(HOOKS, {**GIVEN, field: value})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith(f"/{field}")
    assert not Webhook.objects.exists()


def test_a_webhook_is_switched_tried_given_another_secret_and_removed(
    cast: Cast, ada: Program
) -> None:
    made = ada.post(HOOKS, GIVEN).json()
    place = f"{HOOKS}/{made['id']}"
    assert ada.post(f"{place}/off").json()["is_on"] is False
    assert ada.post(f"{place}/on").json()["is_on"] is True
    assert ada.post(f"{place}/rotate").json()["secret"] not in (None, made["secret"])
    assert ada.post(f"{place}/test").status_code == 200
    assert Delivery.objects.get().notice == {"name": "test"}
    assert ada.post(f"{place}/explode").status_code in (404, 422)
    assert ada.post(f"{place}/remove").json()["id"] == made["id"]
    assert ada.get(place).status_code == 404
    assert SecurityEntry.objects.filter(kind="settings.webhook", actor=cast.admin).count() == 5


def test_programs_see_how_channels_are_doing_and_hold_them_back(cast: Cast, ada: Program) -> None:
    now = timezone.now()
    for state, cause in (("queued", ""), ("failed", "550 no such user")):
        Delivery.objects.create(
            notice={"name": "test"}, person=cast.agent, channel="mail", address="a@example.org",
            created_at=now, next_attempt_at=now, expires_at=now, state=state, cause=cause,
            error=cause, settled_at=now if cause else None,
        )  # fmt: skip
    shown = {one["name"]: one for one in ada.get(CHANNELS).json()["channels"]}
    assert (shown["mail"]["waiting"], shown["mail"]["failed_within_hour"]) == (1, 1)
    assert "webhook" in shown
    paused = ada.post(f"{CHANNELS}/mail/pause").json()
    assert paused["paused_by"]["name"] == "Ada Admin"
    assert ChannelState.objects.get(channel="mail").paused_at is not None
    assert ada.post(f"{CHANNELS}/mail/resume").json()["paused_at"] is None
    assert ada.post(f"{CHANNELS}/nonsense/pause").status_code == 404
    (failed,) = ada.get(f"{CHANNELS}/failures").json()["failures"]
    assert (failed["channel"], failed["cause"], failed["amount"]) == ("mail", "550 no such user", 1)
    answer = ada.post(f"{CHANNELS}/mail/retry", {"cause": failed["cause"]})
    assert answer.json() == {"queued": 1}
    assert not Delivery.objects.filter(state=DeliveryState.FAILED).exists()
