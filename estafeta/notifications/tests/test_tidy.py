"""Half a year later the bell has forgotten, and who comes back then fetches everything anew."""

from datetime import timedelta

import time_machine
from django.test import override_settings
from django.utils import timezone

from estafeta.notifications import fan_out, popups, tidy
from estafeta.notifications.models import Delivery, Notification
from tests.cast import Cast
from tests.orders import order


def tell() -> None:
    while fan_out.run_once():
        pass


def test_only_the_old_is_forgotten(cast: Cast) -> None:
    with (
        time_machine.travel(timezone.now() - timedelta(days=181)),
        override_settings(EMAIL_HOST="x"),
    ):
        order(cast)
        tell()
    assert Delivery.objects.count() == 3
    order(cast)
    tell()
    first, _, last = Notification.objects.order_by("pk").values_list("pk", flat=True)[:3]
    assert popups.is_remembered(first - 1)
    assert tidy.forget_old() == 3
    assert Notification.objects.count() == 3
    assert not Delivery.objects.exists()
    assert popups.is_remembered(last)
    assert not popups.is_remembered(last - 1)
    assert tidy.forget_old() == 0


def test_what_went_to_nobody_in_particular_is_forgotten_as_well(cast: Cast) -> None:
    now = timezone.now()
    for days, state in ((181, "sent"), (181, "failed"), (179, "sent"), (181, "queued")):
        at = now - timedelta(days=days)
        Delivery.objects.create(
            notice={"name": "test"}, channel="mail", address="room@example.org", state=state,
            created_at=at, next_attempt_at=at, expires_at=now,
            settled_at=None if state == "queued" else at,
        )  # fmt: skip
    assert tidy.forget_old_messages() == 2
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent", "queued"}
