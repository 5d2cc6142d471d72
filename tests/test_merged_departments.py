"""Whatever names a department has an answer to its merge with another, and these answers hold."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from estafeta.accounts.models import Department
from estafeta.chat.models import Room
from estafeta.notifications import concern, deliver, fan_out
from estafeta.notifications.models import (
    Address,
    DefaultWishes,
    Delivery,
    MailSender,
    Webhook,
)
from estafeta.notifications.outbox.tests.made_up import made_up
from estafeta.tickets import actions
from estafeta.tickets.upkeep import department_merge
from tests.cast import Cast
from tests.orders import order

ANSWERS = {
    "accounts.Announcement.departments": "is also for the other one",
    "accounts.Department.merged_into": "is what a merge sets",
    "accounts.Department.parent": "what is inside moves",
    "accounts.Membership.department": "people move",
    "chat.Reception.department": "stays, closed with its department",
    "chat.Room.department": "open talks of clients move, rooms of departments stay as they were",
    "notifications.Address.department": "moves",
    "notifications.DefaultWishes.department": "ends",
    "notifications.MailSender.department": "ends",
    "notifications.Webhook.departments": "hears of the other one too",
    "tickets.AnswerTemplate.department": "moves",
    "tickets.Hold.department": "history stays, and a ticket that moves begins another",
    "tickets.PendingHandOver.department": "moves",
    "tickets.SavedView.shared_with": "is shared with the other one too",
    "tickets.Tally.department": "is counted by what moves",
    "tickets.Ticket.author_department": "moves",
    "tickets.Ticket.department": "moves",
    "tickets.Topic.department": "moves",
    "tickets.Turn.department": "nobody gets new tickets there",
}
"""Who adds a relation to departments says here what becomes of it, and does it (docs/adr)."""


def test_every_relation_to_a_department_has_an_answer() -> None:
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.related_model is Department
    }
    assert found == set(ANSWERS)


@pytest.fixture
def rooms(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> dict[str, Address]:
    made_up(monkeypatch)
    return {name: _address(name, cast.it) for name in ("ours", "both")}


def _address(value: str, department: Department) -> Address:
    now = timezone.now()
    row = Address(
        channel="made_up", label=value, department=department, created_at=now, confirmed_at=now
    )
    row.value = value
    row.save()
    return row


def _merge(cast: Cast) -> None:
    department_merge.merge(cast.it, by=cast.admin, into=cast.accounting)


def test_addresses_move_and_those_that_are_there_already_end(
    cast: Cast, rooms: dict[str, Address]
) -> None:
    there = _address("both", cast.accounting)
    _merge(cast)
    assert set(Address.objects.filter(department=cast.accounting)) == {rooms["ours"], there}
    assert not Address.objects.filter(department=cast.it).exists()


def test_the_room_hears_of_tickets_before_they_have_moved_and_after(
    cast: Cast, rooms: dict[str, Address]
) -> None:
    order(cast)
    while fan_out.run_once():
        pass
    _merge(cast)
    deliver.run_once()
    order(cast, department=cast.accounting)
    while fan_out.run_once():
        pass
    deliver.run_once()
    told = Delivery.objects.filter(target=rooms["ours"])
    assert [(row.state, row.error) for row in told.order_by("pk")] == [("sent", "")] * 2
    assert concern.MOVED not in Delivery.objects.values_list("error", flat=True)


def test_what_happens_while_tickets_are_moving_is_told_in_the_room_too(
    cast: Cast, rooms: dict[str, Address]
) -> None:
    Address.objects.filter(pk=rooms["ours"].pk).update(details={"kinds": ["replied"]})
    ticket = order(cast, by=cast.client)
    while fan_out.run_once():
        pass
    _merge(cast)
    actions.reply(ticket, by=cast.client, text="Is it soon?")
    while fan_out.run_once():
        pass
    assert Delivery.objects.filter(target=rooms["ours"], entry__verb="reply").count() == 1


def test_webhooks_hear_of_both_and_rules_of_the_place_end(cast: Cast) -> None:
    address = Address(channel="webhook", created_at=timezone.now())
    address.value = "https://crm.example.org/"
    address.save()
    webhook = Webhook.objects.create(
        name="CRM", address=address, made_by=cast.admin, created_at=timezone.now()
    )
    webhook.departments.add(cast.it)
    for department in (cast.it, cast.accounting):
        MailSender.objects.create(department=department, name=department.name)
        DefaultWishes.objects.create(department=department)
    _merge(cast)
    assert set(webhook.departments.all()) == {cast.it, cast.accounting}
    for model in (MailSender, DefaultWishes):
        rows: Any = model._default_manager.all()
        assert [row.department for row in rows] == [cast.accounting]


def test_open_talks_of_clients_go_where_the_people_go(cast: Cast) -> None:
    now = timezone.now()

    def talk(key: str, client: Any, department: Department, state: str) -> Room:
        return Room.objects.create(
            kind="client", key=key, client=client, department=department, state=state,
            created_at=now, asked_at=now,
        )  # fmt: skip

    waiting = talk("client:1", cast.client, cast.it, "waiting")
    closed = talk("client:2", cast.lead, cast.it, "closed")
    _merge(cast)
    waiting.refresh_from_db()
    closed.refresh_from_db()
    assert (waiting.department, closed.department) == (cast.accounting, cast.it)
