"""What administrators do with the queue, and the numbers they see of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from estafeta.accounts.errors import NotAllowed
from estafeta.accounts.models import SecurityEntry
from estafeta.notifications import overview, steering
from estafeta.notifications.causes import cause_of
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.models import Address, ChannelState, Delivery
from estafeta.notifications.outbox import claims, pace
from tests.cast import Cast

MAIL = CHANNELS["mail"]


def row(cast: Cast, **fields: Any) -> Delivery:
    now = timezone.now()
    given = {
        "notice": {"name": "test"}, "person": cast.agent, "channel": "mail",
        "address": "anna@example.org", "created_at": now, "next_attempt_at": now,
        "expires_at": now + timedelta(hours=1),
    }  # fmt: skip
    return Delivery.objects.create(**{**given, **fields})


def failed(cast: Cast, reason: str, **fields: Any) -> Delivery:
    given = {"state": "failed", "error": reason, "cause": cause_of(reason)}
    return row(cast, settled_at=timezone.now(), attempts=3, **{**given, **fields})


@pytest.mark.parametrize(
    ("reason", "cause"),
    [
        ("550 5.1.1 <anna@example.org>: Recipient address rejected", "550 5.1.1 …: Recipient address rejected"),
        ("550 5.1.1 <boris@x.org>: Recipient address rejected\nmore", "550 5.1.1 …: Recipient address rejected"),
        ("[Errno 111] Connection refused by 10.2.3.4", "[Errno 111] Connection refused by …"),
        ("404 from https://hooks.example.org/T00/B11/xyz?token=secret", "404 from …"),
        ("Message 9f8e7d6c-1111 refused", "Message … refused"),
        ("", ""),
        ("x" * 300, "x" * 80),
    ],
)  # fmt: skip
def test_a_cause_is_the_reason_without_what_differs(reason: str, cause: str) -> None:
    assert cause_of(reason) == cause


def test_one_failed_message_is_tried_again_with_all_that_travels_in_it(cast: Cast) -> None:
    old = timezone.now() - timedelta(days=4)
    first = failed(cast, "554 no", expires_at=old)
    both = [failed(cast, "554 no", bundle=first.pk) for _ in range(2)]
    assert steering.retry(first, by=cast.admin) == 1
    first.refresh_from_db()
    assert (first.state, first.attempts, first.settled_at) == ("queued", 0, None)
    assert first.expires_at > timezone.now() + timedelta(hours=23)
    assert steering.retry(both[0], by=cast.admin) == 2
    assert SecurityEntry.objects.filter(kind="settings.changed", actor=cast.admin).count() == 2


def test_all_of_one_cause_are_tried_again_and_no_others(cast: Cast) -> None:
    for name in ("anna", "boris"):
        failed(cast, f"550 5.7.1 <{name}@example.org> spam")
    other = failed(cast, "552 too large")
    gone = Address(channel="mail", label="x", created_at=timezone.now(), stopped_at=timezone.now())
    gone.value = "gone@example.org"
    gone.save()
    stopped = failed(cast, "550 5.7.1 <gone@example.org> spam", target=gone)
    [many, _] = overview.failures("mail")
    assert (many.cause, many.amount, many.example) == ("550 5.7.1 … spam", 3, stopped.pk)
    assert steering.retry_all("mail", many.cause, by=cast.admin) == 2
    assert set(Delivery.objects.filter(state="failed")) == {other, stopped}


@pytest.mark.parametrize("who", ["agent", "head", "director", "client"])
def test_only_administrators_steer(cast: Cast, who: str) -> None:
    person, waits = cast.everybody()[who], failed(cast, "554 no")
    for act in (
        lambda: steering.retry(waits, by=person),
        lambda: steering.retry_all("mail", waits.cause, by=person),
        lambda: steering.pause("mail", by=person),
        lambda: steering.resume("mail", by=person),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not SecurityEntry.objects.exists()


def test_nothing_leaves_by_a_paused_channel_until_it_is_resumed(cast: Cast, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.house.test"
    waits = row(cast)
    assert [one.name for one in pace.due()] == ["mail"]
    steering.pause("mail", by=cast.admin)
    steering.pause("mail", by=cast.admin)
    assert pace.due() == []
    assert pace.gate(MAIL, most=40).most == 0
    assert overview.states()["mail"].paused_by == cast.admin
    waits.refresh_from_db()
    assert waits.state == "queued"
    steering.resume("mail", by=cast.admin)
    assert [one.name for one in pace.due()] == ["mail"]
    told = SecurityEntry.objects.order_by("seq").values_list("facts__changes__paused", flat=True)
    assert list(told) == [[False, True], [True, False]]


def test_a_channel_that_rests_is_tried_at_once_when_it_is_resumed(
    cast: Cast, settings: Any
) -> None:
    settings.EMAIL_HOST = "mail.house.test"
    row(cast)
    pace.due()
    for _ in range(3):
        pace.fault(MAIL, "refused", retry_after=None, is_probe=False)
    assert pace.due() == []
    steering.resume("mail", by=cast.admin)
    assert pace.gate(MAIL, most=40) == pace.Gate(40)
    assert not SecurityEntry.objects.exists()


def test_the_queue_is_told_in_numbers(cast: Cast) -> None:
    now = timezone.now()
    old = row(cast, created_at=now - timedelta(hours=2), next_attempt_at=now + timedelta(hours=1))
    late = row(cast, next_attempt_at=now - timedelta(minutes=9))
    row(cast, is_gathered=True, next_attempt_at=now + timedelta(hours=3))
    found = overview.queues()["mail"]
    assert found == (3, 1, old.created_at, late.next_attempt_at)
    assert overview.rates()["mail"] == (0.0, 0, 0)


def test_rates_count_what_was_settled_lately(cast: Cast) -> None:
    now = timezone.now()
    for minutes in (1, 2, 30, 90):
        at = now - timedelta(minutes=minutes)
        row(cast, state="sent", settled_at=at, sent_at=at)
    failed(cast, "554 no")
    assert overview.rates()["mail"] == (0.4, 3, 1)
    counts = [count for _minute, count in overview.sent_by_minute("mail")]
    assert counts == [1, 1, 1]


def test_a_claimed_delivery_is_not_torn_from_its_worker_by_a_retry(cast: Cast) -> None:
    row(cast)
    [held] = claims.claim(MAIL, most=5)
    steering.retry(held.first, by=cast.admin)
    assert claims.claim(MAIL, most=5) == []
    assert ChannelState.objects.count() <= len(CHANNELS)


def test_what_failed_at_a_stopped_address_of_a_card_is_not_tried_again(cast: Cast) -> None:
    gone = failed(cast, "550 no such user")
    other = failed(cast, "550 no such user", person=cast.head)
    now = timezone.now()
    row = Address(
        person=cast.agent, channel="mail", label=gone.address, created_at=now, confirmed_at=now,
        stopped_at=now,
    )  # fmt: skip
    row.value = gone.address
    row.save()
    assert steering.retry(gone, by=cast.admin) == 0
    assert steering.retry_all("mail", gone.cause, by=cast.admin) == 1
    gone.refresh_from_db()
    other.refresh_from_db()
    assert (gone.state, other.state) == ("failed", "queued")
