from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone, translation

from estafeta.accounts.errors import Invalid, NotAllowed
from estafeta.accounts.models import SecurityEntry, Site
from estafeta.api.schemas.tickets import EntryOut
from estafeta.notifications import addresses, concern, deliver, fan_out
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.channels.channel import Given
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import Address, Delivery, DeliveryState, Webhook
from estafeta.notifications.webhooks import changing, failing, purges
from estafeta.notifications.webhooks.changing import Wanted
from estafeta.tickets import actions
from estafeta.tickets.upkeep.purging import purge
from tests.cast import Cast
from tests.orders import order, taken
from tests.services.receiver import Receiver, receiver


@pytest.fixture(autouse=True)
def _inside_is_allowed(settings: Any) -> None:
    settings.INSIDE_ADDRESSES = ["127.0.0.1"]


@pytest.fixture
def other(db: None) -> Iterator[Receiver]:
    with receiver() as made:
        yield made


def _made(cast: Cast, other: Receiver, **more: Any) -> Webhook:
    given = {"name": "CRM", "url": other.url, "kinds": [], "departments": [], "with_notes": False}
    webhook, other.secret = changing.make(Wanted(**{**given, **more}), by=cast.admin)
    return webhook


def _run() -> None:
    while fan_out.run_once():
        pass
    deliver.run_once()


def _hooks() -> Any:
    return Delivery.objects.filter(channel="webhook").order_by("pk")


def test_another_system_hears_of_a_ticket_and_can_verify_it(cast: Cast, other: Receiver) -> None:
    _made(cast, other)
    ticket = order(cast, by=cast.client, title="Принтер")
    _run()
    assert other.refused == []
    (told,) = other.taken
    assert (told["type"], told["version"]) == ("ticket.open", 1)
    assert told["data"]["ticket"]["number"] == ticket.pk
    assert told["data"]["ticket"]["title"] == "Принтер"
    assert told["data"]["entry"]["actor"]["name"] == "Clara Client"
    row = _hooks().get()
    assert row.state == DeliveryState.SENT
    assert row.server_id.startswith("204 · ")


def test_an_entry_reads_as_the_journal_of_the_api(cast: Cast, other: Receiver) -> None:
    _made(cast, other)
    ticket = taken(cast, by=cast.agent)
    actions.reply(ticket, by=cast.director, text="Как дела?")
    _run()
    entries = {entry.seq: entry for entry in ticket.entries.all()}
    assert len(other.taken) == len(entries)
    for told in other.taken:
        entry = entries[told["data"]["entry"]["seq"]]
        with translation.override(Site.current().language):
            shown = json.loads(EntryOut.of(entry).model_dump_json())
        assert told["data"]["entry"] == shown
    assert other.taken[-1]["data"]["comment"]["text"] == "Как дела?"


def test_notes_go_only_to_those_made_for_notes(cast: Cast, other: Receiver) -> None:
    webhook = _made(cast, other)
    ticket = taken(cast, by=cast.agent)
    actions.note(ticket, by=cast.agent, text="Между нами")
    _run()
    assert "ticket.note" not in [told["type"] for told in other.taken]
    given = Wanted("CRM", "", [], [], with_notes=True)
    changing.change(webhook, given, by=cast.admin)
    actions.note(ticket, by=cast.agent, text="И вам")
    _run()
    assert other.taken[-1]["data"]["comment"]["is_note"] is True


def test_kinds_and_departments_narrow_what_it_hears(cast: Cast, other: Receiver) -> None:
    _made(cast, other, kinds=[Kind.DONE], departments=[cast.it])
    below = order(cast, department=cast.network)
    elsewhere = order(cast, department=cast.accounting)
    actions.cancel(below, by=cast.director, reason="x")
    actions.cancel(elsewhere, by=cast.director, reason="x")
    _run()
    assert [(t["type"], t["data"]["ticket"]["number"]) for t in other.taken] == [
        ("ticket.cancel", below.pk)
    ]


def test_it_does_not_learn_of_tickets_elsewhere_through_links(cast: Cast, other: Receiver) -> None:
    _made(cast, other, departments=[cast.it])
    here, there = order(cast), order(cast, department=cast.accounting)
    actions.link(here, by=cast.director, other=there, kind="relates")
    _run()
    assert [told["type"] for told in other.taken] == ["ticket.open"]


def test_what_was_moved_away_meanwhile_does_not_leave(cast: Cast, other: Receiver) -> None:
    _made(cast, other, departments=[cast.accounting])
    ticket = order(cast, department=cast.accounting)
    while fan_out.run_once():
        pass
    actions.hand_over(ticket, by=cast.director, department=cast.it, reason="не наше")
    deliver.run_once()
    assert other.taken == []
    assert _hooks().first().state == DeliveryState.EXPIRED


def test_what_failed_comes_again_under_the_same_id_and_is_acted_on_once(
    cast: Cast, other: Receiver
) -> None:
    _made(cast, other)
    order(cast)
    other.answers = [(503, {"Retry-After": "120"})]
    _run()
    row = _hooks().get()
    assert row.state == DeliveryState.QUEUED
    assert row.error.startswith("503")
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        deliver.run_once()
    (first, content), (second, again) = other.raw
    assert first["webhook-id"] == second["webhook-id"]
    assert json.loads(content)["data"] == json.loads(again)["data"]
    assert _hooks().get().state == DeliveryState.SENT
    assert len(other.taken) == 1


def test_a_repeat_bears_the_same_id_but_a_fresh_time(cast: Cast, other: Receiver) -> None:
    _made(cast, other)
    order(cast)
    _run()
    changing.redeliver(_hooks().get(), by=cast.admin)
    with time_machine.travel(timezone.now() + timedelta(seconds=90)):
        deliver.run_once()
    (first, _), (second, _) = other.raw
    assert first["webhook-id"] == second["webhook-id"]
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) >= 89
    assert len(other.taken) == 1


def test_what_is_replayed_later_or_changed_is_not_genuine(cast: Cast, other: Receiver) -> None:
    _made(cast, other)
    order(cast)
    _run()
    headers, body = other.raw[0]
    assert other.take(headers, body + b" ") == 401
    assert other.take({**headers, "webhook-id": "msg_1000"}, body) == 401
    other.secret = "whsec_" + "QUFB" * 8
    assert other.take(headers, body) == 401


def test_a_new_secret_and_the_old_one_both_verify_for_a_day(cast: Cast, other: Receiver) -> None:
    webhook = _made(cast, other)
    old = other.secret
    new = changing.rotate(webhook, by=cast.admin)
    assert new != old
    order(cast)
    _run()
    assert other.refused == []
    headers, body = other.raw[0]
    other.secret = new
    assert other.take(headers, body) == 204
    webhook.refresh_from_db()
    assert webhook.secrets(timezone.now() + changing.OVERLAP) == [new]
    assert old not in webhook.sealed_old_secret + webhook.sealed_secret


def test_gone_stops_it_and_administrators_hear_of_it(cast: Cast, other: Receiver) -> None:
    _made(cast, other)
    addresses.keep(CHANNELS["webpush"], Given("{}", "Firefox"), owner=cast.admin, by=cast.admin)
    order(cast)
    other.answers = [(410, {})]
    _run()
    assert Address.objects.get(channel="webhook").stopped_at
    order(cast)
    _run()
    assert len(other.raw) == 1
    assert _hooks().count() == 1
    told = Delivery.objects.get(notice__name="address_stopped")
    assert told.person == cast.admin


def test_after_days_in_vain_it_is_switched_off(cast: Cast, other: Receiver) -> None:
    webhook = _made(cast, other)
    order(cast)
    _run()
    order(cast)
    other.answers = [(500, {})] * 5
    _run()
    assert failing.switch_off_due() == 0
    webhook.refresh_from_db()
    assert webhook.failing_since is not None
    with time_machine.travel(timezone.now() + failing.PATIENCE + timedelta(minutes=1)):
        assert failing.switch_off_due() == 1
    assert "5 days" in Address.objects.get(channel="webhook").stopped_reason
    changing.switch(webhook, True, by=cast.admin)
    assert Address.objects.get(channel="webhook").stopped_at is None


def test_what_is_switched_on_again_gets_its_days_anew(cast: Cast, other: Receiver) -> None:
    webhook = _made(cast, other)
    order(cast)
    other.answers = [(500, {})] * 5
    _run()
    with time_machine.travel(timezone.now() + failing.PATIENCE + timedelta(minutes=1)):
        assert failing.switch_off_due() == 1
        changing.switch(webhook, True, by=cast.admin)
        assert failing.switch_off_due() == 0
        assert Address.objects.get(channel="webhook").stopped_at is None


def test_what_became_pointless_is_no_failure(cast: Cast, other: Receiver) -> None:
    webhook = _made(cast, other, kinds=[Kind.OFFERED])
    ticket = order(cast)
    fan_out.run_once()
    actions.delete(ticket, by=cast.admin, reason="twice")
    _run()
    assert {(row.state, row.error) for row in _hooks()} == {("expired", concern.DELETED)}
    with time_machine.travel(timezone.now() + failing.PATIENCE + timedelta(minutes=1)):
        assert failing.switch_off_due() == 0
    webhook.refresh_from_db()
    assert webhook.failing_since is None


def test_one_that_works_is_left_alone(cast: Cast, other: Receiver) -> None:
    _made(cast, other)
    order(cast)
    _run()
    with time_machine.travel(timezone.now() + failing.PATIENCE * 2):
        assert failing.switch_off_due() == 0


def test_administrators_alone_and_everything_is_written_down(cast: Cast, other: Receiver) -> None:
    webhook = _made(cast, other)
    given = Wanted("Другое", "", ["done"], [cast.it], with_notes=True)
    for who in (cast.director, cast.head):
        with pytest.raises(NotAllowed):
            changing.make(given, by=who)
        with pytest.raises(NotAllowed):
            changing.change(webhook, given, by=who)
        with pytest.raises(NotAllowed):
            changing.rotate(webhook, by=who)
        with pytest.raises(NotAllowed):
            changing.remove(webhook, by=who)
    changed = changing.change(webhook, given, by=cast.admin)
    assert changed == ["name", "kinds", "departments", "with_notes"]
    trail = SecurityEntry.objects.filter(kind="settings.webhook")
    assert trail.count() == 2
    assert other.secret not in str(list(trail.values()))
    assert "s3cret" not in str(list(trail.values()))
    changing.remove(Webhook.objects.get(), by=cast.admin)
    assert not Address.objects.exists()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("url", {"url": "http://example.org/"}),
        ("url", {"url": "https://10.0.0.1/"}),
        ("url", {"url": "https://169.254.169.254/latest/meta-data/"}),
        ("url", {"url": ""}),
        ("name", {"name": " "}),
        ("kinds", {"kinds": ["nonsense"]}),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    cast: Cast, other: Receiver, field: str, wrong: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as refused:
        _made(cast, other, **wrong)
    assert list(refused.value.errors) == [field]
    assert not Webhook.objects.exists()
    assert not Address.objects.exists()


def test_the_secret_part_of_the_address_lies_sealed(cast: Cast, other: Receiver) -> None:
    _made(cast, other)
    row = Address.objects.values().get()
    assert "s3cret" not in str(row)
    assert row["label"] == "CRM (127.0.0.1)"


def test_a_test_goes_through_the_queue(cast: Cast, other: Receiver) -> None:
    changing.send_test(_made(cast, other), by=cast.admin)
    _run()
    assert other.taken[0]["type"] == "test"


def test_without_webhooks_the_fan_out_asks_one_question_more(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    from estafeta.notifications.webhooks.hearing import of_webhooks

    with django_assert_num_queries(1):
        assert list(of_webhooks([])) == []


def test_it_hears_that_a_ticket_was_deleted_and_is_back(cast: Cast, other: Receiver) -> None:
    _made(cast, other)
    ticket = order(cast)
    _run()
    actions.delete(ticket, by=cast.admin, reason="twice")
    _run()
    actions.restore(ticket, by=cast.admin)
    _run()
    told = [(one["type"], one["data"]["ticket"]["status"]) for one in other.taken]
    assert told[1] == ("ticket.delete", "deleted")
    assert told[2][0] == "ticket.restore"


def test_what_happened_before_a_deletion_does_not_leave_after_it(
    cast: Cast, other: Receiver
) -> None:
    _made(cast, other)
    actions.delete(order(cast, title="secret", text="secret"), by=cast.admin, reason="secret")
    _run()
    assert [one["type"] for one in other.taken] == ["ticket.delete"]
    assert "secret" not in str(other.taken)


def test_it_hears_the_number_of_what_was_removed_for_good(cast: Cast, other: Receiver) -> None:
    _made(cast, other)
    ticket = order(cast, title="A secret")
    number = ticket.pk
    actions.delete(ticket, by=cast.admin, reason="secret")
    _run()
    protocol = purge(ticket, by=cast.admin, reason="secret")
    assert purges.tell() == 1
    assert purges.tell() == 0
    _run()
    assert other.refused == []
    told = other.taken[-1]
    assert told["type"] == "ticket.purge"
    assert told["data"] == {"ticket": {"number": number}, "protocol": protocol.hash}


def test_who_wants_other_kinds_hears_of_no_purge(cast: Cast, other: Receiver) -> None:
    _made(cast, other, kinds=[Kind.DONE])
    ticket = order(cast)
    actions.delete(ticket, by=cast.admin, reason="x")
    purge(ticket, by=cast.admin, reason="x")
    assert purges.tell() == 1
    assert not _hooks().exists()


def test_tests_of_a_webhook_have_an_end(cast: Cast, other: Receiver) -> None:
    webhook = _made(cast, other)
    for _number in range(changing.MOST_TESTS):
        changing.send_test(webhook, by=cast.admin)
    with pytest.raises(Invalid, match="many tests"):
        changing.send_test(webhook, by=cast.admin)
