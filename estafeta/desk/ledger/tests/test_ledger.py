"""Was he told? On the ticket, and in the profile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from estafeta.accounts.models import Person
from estafeta.notifications import fan_out
from estafeta.notifications.causes import cause_of
from estafeta.notifications.models import ChannelState, Delivery, DeliveryState, Notification
from estafeta.tickets import actions
from estafeta.tickets.models import Ticket
from tests.cast import Cast
from tests.orders import order, taken

Door = Callable[[Any], Client]


@pytest.fixture
def ticket(cast: Cast, settings: Any) -> Ticket:
    settings.EMAIL_HOST = "mail.example.org"
    ticket = taken(cast, requester=cast.client)
    while fan_out.run_once():
        pass
    return ticket


def told(door: Client, ticket: Ticket) -> str:
    return door.get(f"/tickets/{ticket.pk}/told").content.decode()


def test_the_ticket_says_who_was_told_how_and_whether_he_has_seen_it(
    cast: Cast, ticket: Ticket, at: Door
) -> None:
    mine = Delivery.objects.filter(person=cast.head).latest("pk")
    now = timezone.now()
    Delivery.objects.filter(pk=mine.pk).update(
        state=DeliveryState.FAILED,
        settled_at=now,
        error=f"550 no such mailbox <{cast.head.email}>",
    )
    page = told(at(cast.agent), ticket)
    assert cast.head.name in page
    assert "550 no such mailbox" in page
    assert cast.head.email not in page, "the address is its owner's"
    assert "Not seen yet" in page
    Notification.objects.filter(person=cast.head).update(seen_at=now)
    assert "Seen" in told(at(cast.agent), ticket)


def test_a_note_and_its_hearers_are_for_staff_and_the_page_too(
    cast: Cast, ticket: Ticket, at: Door
) -> None:
    assert at(cast.client).get(f"/tickets/{ticket.pk}/told").status_code == 404
    assert at(cast.stranger).get(f"/tickets/{ticket.pk}/told").status_code == 404
    assert at(cast.agent2).get(f"/tickets/{ticket.pk}/told").status_code == 404


def test_before_anything_is_told_it_says_so(cast: Cast, at: Door) -> None:
    assert "Nobody was told of anything yet" in told(at(cast.director), order(cast))


def test_as_many_queries_for_many_entries_as_for_few(
    cast: Cast, ticket: Ticket, at: Door, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    door = at(cast.agent)
    told(door, ticket)
    with CaptureQueriesContext(connection) as few:
        told(door, ticket)
    for number in range(8):
        actions.note(ticket, by=cast.agent, text=f"note {number}")
    while fan_out.run_once():
        pass
    with django_assert_num_queries(len(few)):
        told(door, ticket)


def test_the_profile_lists_what_was_sent_to_oneself_only(
    cast: Cast, ticket: Ticket, at: Door
) -> None:
    page = at(cast.head).get("/profile/messages").content.decode()
    assert cast.head.email in page
    assert ticket.title in page
    assert cast.director.email not in page


def test_a_ticket_no_longer_seen_is_not_named(cast: Cast, ticket: Ticket, at: Door) -> None:
    cast.head.memberships.all().delete()
    page = at(cast.head).get("/profile/messages").content.decode()
    assert "A ticket you no longer see" in page
    assert ticket.title not in page


def failed(person: Person, reason: str) -> Delivery:
    """A message that was given up."""
    row = Delivery.objects.filter(person=person, state=DeliveryState.QUEUED).latest("pk")
    Delivery.objects.filter(pk=row.pk).update(
        state=DeliveryState.FAILED, error=reason, cause=cause_of(reason), settled_at=timezone.now()
    )
    return row


def test_administrators_see_the_queue_and_failures_by_cause(
    cast: Cast, ticket: Ticket, at: Door
) -> None:
    failed(cast.head, "550 hugo@example.org is unknown")
    failed(cast.director, "550 dora@example.org is unknown")
    door = at(cast.admin)
    page = door.get("/administration/messages").content.decode()
    assert "E-mail" in page
    assert "550 … is unknown" in page
    one_by_one = door.get("/administration/messages/all?state=failed").content.decode()
    assert "550 hugo@example.org is unknown" in one_by_one
    narrowed = door.get("/administration/messages/all?state=failed&person=Hugo")
    assert "dora@example.org is unknown" not in narrowed.content.decode()
    assert (
        "There are no such messages"
        in door.get("/administration/messages/all?ticket=9999").content.decode()
    )


def test_failed_ones_are_tried_again_one_or_all_of_a_cause(
    cast: Cast, ticket: Ticket, at: Door
) -> None:
    one, other = failed(cast.head, "550 a"), failed(cast.director, "551 b")
    door = at(cast.admin)
    assert door.post(f"/administration/messages/{one.pk}/retry").status_code == 302
    one.refresh_from_db()
    assert one.state == DeliveryState.QUEUED
    door.post("/administration/messages/retry", {"channel": "mail", "cause": "551 b"})
    other.refresh_from_db()
    assert other.state == DeliveryState.QUEUED


def test_a_channel_is_paused_and_goes_on(cast: Cast, ticket: Ticket, at: Door) -> None:
    door = at(cast.admin)
    door.post("/administration/messages/mail/pause")
    assert "Paused" in door.get("/administration/messages").content.decode()
    assert ChannelState.objects.get(channel="mail").paused_by == cast.admin
    door.post("/administration/messages/mail/resume")
    assert ChannelState.objects.get(channel="mail").paused_at is None


@pytest.mark.parametrize("query", ["?before=9" * 3, "?ticket=1e9&before=-1", "?state=x&channel=y"])
def test_an_address_that_means_nothing_narrows_nothing(cast: Cast, at: Door, query: str) -> None:
    assert at(cast.admin).get(f"/administration/messages/all{query}").status_code == 200


def test_staff_finds_it_in_the_menu_of_the_ticket(cast: Cast, ticket: Ticket, at: Door) -> None:
    address = f"/tickets/{ticket.pk}"
    assert f"{address}/told" in at(cast.agent).get(address).content.decode()


def test_each_message_says_what_it_is_about(cast: Cast, ticket: Ticket, at: Door) -> None:
    now = timezone.now()
    common = {
        "channel": "mail", "created_at": now, "next_attempt_at": now, "expires_at": now,
    }  # fmt: skip
    Delivery.objects.create(
        entry=ticket.entries.first(), address="it@house.test", **common
    )  # of a department
    Delivery.objects.create(
        notice={"name": "code", "code": "1"}, person=cast.agent, address="anna@house.test", **common
    )
    door = at(cast.admin)
    page = door.get("/administration/messages/all").content.decode()
    assert "Code that proves an address" in page
    found = door.get(f"/administration/messages/all?ticket={ticket.pk}").content.decode()
    assert "it@house.test" in found, "what goes to a department is of the ticket, too"
    assert "anna@house.test" not in found
