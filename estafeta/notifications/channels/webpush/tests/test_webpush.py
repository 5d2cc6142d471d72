from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from estafeta.lib import sealed
from estafeta.notifications import addresses, fan_out
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.channels.channel import DeliveryError
from estafeta.notifications.channels.webpush import WebPush, keys
from estafeta.notifications.channels.webpush.subscription import Subscription
from estafeta.notifications.channels.webpush.writing import MOST_BYTES
from estafeta.notifications.content import content_of
from estafeta.notifications.models import Address, Delivery, PushKeys
from estafeta.tickets import actions
from estafeta.tickets.models import Priority
from tests.cast import Cast
from tests.orders import order
from tests.services.push import PushService, push_service


@pytest.fixture
def service(settings: Any) -> Iterator[PushService]:
    settings.INSIDE_ADDRESSES = ["127.0.0.1"]
    with push_service() as made:
        yield made


def _subscribed(person: Any, service: PushService) -> Address:
    browser = Subscription(
        service.browser.keys["auth"], service.endpoint, service.browser.keys["p256dh"]
    )
    given = browser.given("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Firefox/140.0")
    return addresses.keep(CHANNELS["webpush"], given, owner=person, by=person)


def _send(deliveries: list[Delivery]) -> str:
    channel = CHANNELS["webpush"]
    with channel.open({}) as sender:
        message = channel.write(content_of(deliveries), deliveries, {})
        return sender.send(message, to=channel.address_of(deliveries[0]))


def _delivery(person: Any) -> Delivery:
    return Delivery.objects.select_related(
        "person", "target", "notification__entry__ticket", "notification__entry__actor",
        "notification__entry__comment",
    ).get(channel="webpush", person=person)  # fmt: skip


def test_the_browser_alone_can_read_what_happened(cast: Cast, service: PushService) -> None:
    _subscribed(cast.agent, service)
    ticket = order(cast, by=cast.client, title="Принтер 🖨 не печатает")
    fan_out.run_once()
    assert _send([_delivery(cast.agent)]) == "1"
    assert service.faults == []
    push = service.pushes[0]
    assert "Принтер 🖨 не печатает" in push.told["title"]
    assert "Clara Client" in push.told["body"]
    assert push.told["path"] == f"/tickets/{ticket.pk}"
    assert push.told["tag"] == push.headers["topic"] == f"ticket-{ticket.pk}"
    assert push.headers["urgency"] == "normal"
    assert int(push.headers["ttl"]) == pytest.approx(3 * 86400, abs=60)
    assert push.claims["key"] == keys.current().public
    assert push.told["unread"] == 1


def test_take_is_offered_to_whoever_may_take(cast: Cast, service: PushService) -> None:
    _subscribed(cast.agent, service)
    ticket = order(cast, by=cast.client)
    fan_out.run_once()
    _send([_delivery(cast.agent)])
    told = service.pushes[0].told
    assert [one["action"] for one in told["actions"]] == ["take", "reply"]
    assert told["acts"]["take"]["path"] == f"/tickets/{ticket.pk}/take"
    assert told["acts"]["take"]["seen"] == ticket.journal_length
    Delivery.objects.all().delete()
    actions.take(ticket, by=cast.agent)
    actions.reply(ticket, by=cast.client, text="Спасибо")
    fan_out.run_once()
    _send([_delivery(cast.agent)])
    assert [one["action"] for one in service.pushes[1].told["actions"]] == ["complete", "reply"]


def test_an_urgent_ticket_is_urgent_and_stays_on_the_screen(
    cast: Cast, service: PushService
) -> None:
    _subscribed(cast.agent, service)
    ticket = order(cast, by=cast.client)
    actions.set_priority(ticket, by=cast.head, priority=Priority.URGENT)
    Delivery.objects.all().delete()
    actions.reply(ticket, by=cast.client, text="!")
    fan_out.run_once()
    _send([Delivery.objects.filter(channel="webpush", person=cast.agent).latest("pk")])
    assert service.pushes[0].headers["urgency"] == "high"
    assert service.pushes[0].told["urgent"] is True


def test_a_long_text_is_cut_to_what_services_take(cast: Cast, service: PushService) -> None:
    _subscribed(cast.agent, service)
    order(cast, by=cast.client, title="Ж" * 250, text="🖨" * 5000)
    fan_out.run_once()
    _send([_delivery(cast.agent)])
    assert service.faults == []
    assert len(str(service.pushes[0].told).encode()) < MOST_BYTES + 200


def test_a_notice_is_shown_too(cast: Cast, service: PushService) -> None:
    addresses.send_test(_subscribed(cast.agent, service), by=cast.agent)
    _send([Delivery.objects.get(channel="webpush")])
    assert service.pushes[0].told["path"].startswith("/")
    assert "topic" not in service.pushes[0].headers


@pytest.mark.parametrize(
    ("status", "headers", "permanent", "dead", "after"),
    [
        (410, {}, True, True, None),
        (404, {}, True, True, None),
        (403, {}, True, True, None),
        (413, {}, True, False, None),
        (400, {}, True, False, None),
        (429, {"Retry-After": "30"}, False, False, 30),
        (503, {"Retry-After": "5"}, False, False, 5),
        (500, {}, False, False, None),
    ],
)
def test_what_the_service_says_decides_what_becomes_of_it(
    cast: Cast, service: PushService, status: int, headers: dict[str, str], permanent: bool,
    dead: bool, after: float | None,
) -> None:  # fmt: skip
    addresses.send_test(_subscribed(cast.agent, service), by=cast.agent)
    service.answers.append((status, headers))
    with pytest.raises(DeliveryError) as refused:
        _send([Delivery.objects.get(channel="webpush")])
    error = refused.value
    assert (error.permanent, error.address_is_dead, error.retry_after) == (permanent, dead, after)
    assert service.endpoint not in str(error)


def test_a_service_that_is_away_is_tried_again(cast: Cast, settings: Any) -> None:
    settings.INSIDE_ADDRESSES = ["127.0.0.1"]
    with push_service() as service:
        addresses.send_test(_subscribed(cast.agent, service), by=cast.agent)
    with pytest.raises(DeliveryError) as refused:
        _send([Delivery.objects.get(channel="webpush")])
    assert not refused.value.permanent


def test_what_was_let_in_before_is_not_called_when_it_turns_out_to_be_inside(
    cast: Cast, service: PushService, settings: Any
) -> None:
    addresses.send_test(_subscribed(cast.agent, service), by=cast.agent)
    delivery = Delivery.objects.get(channel="webpush")
    channel = CHANNELS["webpush"]
    with channel.open({}) as sender:
        message = channel.write(content_of([delivery]), [delivery], {})
    settings.INSIDE_ADDRESSES = []
    with channel.open({}) as sender, pytest.raises(DeliveryError) as refused:
        sender.send(message, to="")
    assert refused.value.address_is_dead
    assert service.pushes == []


def test_under_another_key_of_the_installation_there_is_another_pair(
    db: None, settings: Any
) -> None:
    first, usual = keys.current(), settings.SECRET_KEY
    settings.SECRET_KEY = "another"
    assert keys.current() != first
    assert keys.current() == keys.current()
    settings.SECRET_KEY = usual
    assert keys.current() == first


def test_the_keys_are_made_once_and_lie_sealed(db: None) -> None:
    first, second = keys.current(), keys.current()
    assert first == second
    row = PushKeys.objects.get()
    assert first.private not in row.sealed_private
    assert sealed.opened(row.sealed_private) == first.private
    assert len(keys.as_bytes(first.public)) == 65


def test_a_message_that_is_nearly_too_old_is_not_kept_for_long(
    cast: Cast, service: PushService
) -> None:
    addresses.send_test(_subscribed(cast.agent, service), by=cast.agent)
    Delivery.objects.update(expires_at=timezone.now() + timedelta(seconds=60))
    _send([Delivery.objects.get(channel="webpush")])
    assert int(service.pushes[0].headers["ttl"]) <= 60
    assert WebPush().is_on_by_itself
