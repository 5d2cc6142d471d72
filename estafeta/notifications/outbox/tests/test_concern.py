"""Before anything leaves it is asked again whether it may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from estafeta.accounts.actions.announcements import announce
from estafeta.accounts.models import Announcement, Person
from estafeta.notifications import concern, deliver, fan_out, muted
from estafeta.notifications.models import Address, Delivery, Notification
from estafeta.notifications.outbox.tests.made_up import MadeUp, made_up, queued
from estafeta.notifications.outbox.tests.test_dead import address
from estafeta.tickets import actions
from estafeta.tickets.models import Ticket
from tests.cast import Cast
from tests.orders import order, taken


@pytest.fixture
def channel(db: None, monkeypatch: pytest.MonkeyPatch) -> MadeUp:
    made = made_up(monkeypatch)
    made.is_on_card = False  # type: ignore[misc]
    return made


def outcome(row: Delivery) -> tuple[str, str]:
    deliver.run_once()
    row.refresh_from_db()
    return row.state, row.error


def department_row(cast: Cast, ticket: Ticket, room: Address) -> Delivery:
    entry = ticket.entries.latest("pk")
    return queued(cast, room.label, target=room, person=None, notice=None, entry=entry)


def test_the_room_of_a_department_hears_of_its_tickets(cast: Cast, channel: MadeUp) -> None:
    room = address("made_up", "room", department=cast.it)
    assert outcome(department_row(cast, order(cast), room)) == ("sent", "")


def test_it_hears_nothing_once_the_ticket_stands_elsewhere(cast: Cast, channel: MadeUp) -> None:
    ticket, room = order(cast), address("made_up", "room", department=cast.it)
    row = department_row(cast, ticket, room)
    actions.hand_over(ticket, by=cast.director, department=cast.accounting, reason="not ours")
    assert outcome(row) == ("expired", concern.MOVED)


def test_nothing_leaves_of_a_deleted_ticket(cast: Cast, channel: MadeUp) -> None:
    ticket, hook = order(cast), address("made_up", "hook")
    row = department_row(cast, ticket, hook)
    actions.delete(ticket, by=cast.admin, reason="twice")
    assert outcome(row) == ("expired", concern.DELETED)


def test_nothing_leaves_of_a_comment_that_was_taken_back(cast: Cast, channel: MadeUp) -> None:
    ticket, hook = taken(cast), address("made_up", "hook")
    comment = actions.reply(ticket, by=cast.agent, text="oops").comment
    assert comment is not None
    row = department_row(cast, ticket, hook)
    actions.delete_comment(ticket, by=cast.agent, comment=comment.pk)
    assert outcome(row) == ("expired", concern.DELETED)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"stopped_at": timezone.now()}, concern.STOPPED),
        ({"is_on": False}, concern.STOPPED),
        ({"confirmed_at": None}, concern.UNCONFIRMED),
    ],
)
def test_nothing_goes_to_an_address_that_must_not_be_used(
    cast: Cast, channel: MadeUp, change: dict[str, Any], reason: str
) -> None:
    row = queued(cast, "x", target=address("made_up", "x", person=cast.agent))
    Address.objects.update(**change)
    assert outcome(row) == ("expired", reason)


def test_the_code_goes_to_an_address_that_is_not_confirmed(cast: Cast, channel: MadeUp) -> None:
    target = address("made_up", "x", person=cast.agent)
    Address.objects.update(confirmed_at=None)
    row = queued(cast, "x", target=target, notice={"name": "code", "code": "123456"})
    assert outcome(row) == ("sent", "")


def test_nothing_goes_to_an_address_that_was_removed(cast: Cast, channel: MadeUp) -> None:
    target = address("made_up", "x", person=cast.agent)
    row = queued(cast, "x", target=target)
    target.delete()
    assert outcome(row) == ("expired", concern.REMOVED)


def test_nothing_goes_to_who_is_switched_off(cast: Cast, channel: MadeUp) -> None:
    row = queued(cast, "x", target=address("made_up", "x", person=cast.agent))
    Person.objects.filter(pk=cast.agent.pk).update(is_active=False)
    assert outcome(row) == ("expired", concern.SWITCHED_OFF)


def withdrawn(row: Announcement) -> None:
    row.withdrawn_at = timezone.now()


def over(row: Announcement) -> None:
    row.ends_at = timezone.now()


@pytest.mark.parametrize("change", [withdrawn, over, None])
def test_an_announcement_leaves_while_it_is_shown(
    cast: Cast, channel: MadeUp, change: Callable[[Announcement], None] | None
) -> None:
    now = timezone.now()
    announced = Announcement(
        text="Power cut", text_html="<p>Power cut</p>", author=cast.director, created_at=now,
        changed_at=now, starts_at=now - timedelta(hours=1),
    )  # fmt: skip
    if change is not None:
        change(announced)
    announced.save()
    target = address("made_up", "x", person=cast.agent)
    row = queued(cast, "x", target=target, notice=None, announcement=announced)
    assert outcome(row) == (("sent", "") if change is None else ("expired", concern.OVER))


def test_a_channel_may_object(cast: Cast, channel: MadeUp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel, "objection", lambda _row: "It takes no notes.")
    row = queued(cast, "x", target=address("made_up", "x", person=cast.agent))
    assert outcome(row) == ("expired", "It takes no notes.")


def test_what_is_too_old_says_what_went_wrong_before(cast: Cast, channel: MadeUp) -> None:
    target = address("made_up", "x", person=cast.agent)
    row = queued(cast, "x", target=target, error="greylisted", expires_at=timezone.now())
    assert outcome(row) == ("expired", "greylisted")


def of_agent(cast: Cast, ticket: Ticket) -> Delivery:
    while fan_out.run_once():
        pass
    told = Notification.objects.filter(person=cast.agent, ticket=ticket).latest("pk")
    target = address("made_up", "x", person=cast.agent)
    Delivery.objects.all().delete()
    return queued(cast, "x", target=target, notice=None, notification=told)


def test_nothing_leaves_of_a_ticket_that_was_muted_meanwhile(cast: Cast, channel: MadeUp) -> None:
    ticket = order(cast)
    row = of_agent(cast, ticket)
    muted.mute(ticket, by=cast.agent)
    assert outcome(row) == ("expired", concern.MUTED)


def test_who_is_called_by_name_hears_of_a_muted_ticket(cast: Cast, channel: MadeUp) -> None:
    ticket = order(cast)
    actions.assign(ticket, by=cast.head, people=[cast.agent])
    row = of_agent(cast, ticket)
    muted.mute(ticket, by=cast.agent)
    assert outcome(row) == ("sent", "")


def test_an_announcement_is_for_its_readers_of_now(cast: Cast, channel: MadeUp) -> None:
    announced = announce(by=cast.admin, text="Hello", audience="roles", roles=["heads"])
    target = address("made_up", "x", person=cast.agent)
    row = queued(cast, "x", target=target, notice=None, announcement=announced)
    assert outcome(row) == ("expired", concern.NOT_MEANT)


def test_nothing_goes_to_an_address_on_a_card_that_was_stopped(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_up(monkeypatch)
    monkeypatch.setattr(MadeUp, "targets_of", lambda *_: ())
    dead = queued(cast, "anna@example.org")
    other = queued(cast, "anna@example.org", person=cast.head)
    row = address("made_up", "anna@example.org", person=cast.agent, stopped_at=timezone.now())
    row.value = row.label
    row.save()
    assert outcome(dead) == ("expired", concern.STOPPED)
    assert outcome(other) == ("sent", "")
