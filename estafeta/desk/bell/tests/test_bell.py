"""The bell: what it shows, to whom, and how it falls silent."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from estafeta.notifications import fan_out, seen
from estafeta.notifications.models import Notification
from estafeta.tickets import actions
from tests.cast import Cast
from tests.orders import order, taken


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    """Anna's browser."""
    client.force_login(cast.agent)
    return client


def tell() -> None:
    while fan_out.run_once():
        pass


def test_the_panel_shows_what_others_did(desk: Client, cast: Cast) -> None:
    ticket = order(cast, title="Принтер <b>жуёт</b>")
    tell()
    page = desk.get("/notifications/panel", headers={"HX-Request": "true"}).content.decode()
    assert f"#{ticket.pk} Принтер &lt;b&gt;жуёт&lt;/b&gt;" in page
    assert "Dora Director opens the ticket: IT" in page
    assert "bell-unread" in page


def test_whoever_is_mentioned_is_told_so(desk: Client, cast: Cast) -> None:
    ticket = order(cast)
    actions.note(ticket, by=cast.head, text="@anna, look at it")
    actions.reply(ticket, by=cast.head, text="@anna will come")
    given = order(cast, by=cast.head, department=None, people=[cast.agent], text="For @anna")
    tell()
    page = desk.get("/notifications/panel").content.decode()
    assert "Hugo Head mentions you in a note" in page
    assert "Hugo Head mentions you in a reply" in page
    assert "Hugo Head opens the ticket: Anna Agent" in page, given
    desk.force_login(cast.director)
    others = desk.get("/notifications/panel").content.decode()
    assert "Hugo Head writes a note and mentions: Anna Agent" in others
    assert "mentions you" not in others


def test_nobody_sees_what_another_was_told(client: Client, cast: Cast) -> None:
    order(cast, title="Secret")
    tell()
    for stranger in (cast.stranger, cast.agent2, cast.admin):
        client.force_login(stranger)
        assert "Secret" not in client.get("/notifications").content.decode()


def test_what_is_no_longer_ones_own_is_neither_shown_nor_counted(desk: Client, cast: Cast) -> None:
    ticket = order(cast, title="Secret")
    tell()
    actions.hand_over(ticket, by=cast.director, department=cast.accounting, reason="not ours")
    page = desk.get("/notifications/panel").content.decode()
    assert "Secret" not in page
    assert "Nothing new" in page
    assert seen.unseen_count(cast.agent) == 0


def test_marking_all_as_read_silences_the_bell(desk: Client, cast: Cast) -> None:
    order(cast)
    tell()
    answer = desk.post("/notifications/read", headers={"HX-Request": "true"})
    assert "bell-unread" not in answer.content.decode()
    assert "live:seen" in answer.headers["HX-Trigger"]
    assert seen.unseen_count(cast.agent) == 0
    assert seen.unseen_count(cast.agent_b) == 1


def test_without_javascript_the_button_leads_back_to_the_page(desk: Client) -> None:
    answer = desk.post("/notifications/read")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/notifications")


def test_opening_a_ticket_settles_its_calls_and_no_others(cast: Cast) -> None:
    first, second = order(cast), order(cast)
    actions.set_priority(first, by=cast.director, priority=4)
    tell()
    assert seen.mark_ticket_seen(cast.head, first) == 2
    assert list(Notification.objects.of(cast.head).unseen()) == list(
        Notification.objects.filter(person=cast.head, ticket=second)
    )
    assert seen.mark_ticket_seen(cast.head, first) == 0


def test_looking_again_writes_nothing(cast: Cast, django_assert_num_queries: Any) -> None:
    ticket = taken(cast)
    with django_assert_num_queries(1):
        seen.mark_ticket_seen(cast.agent2, ticket)


def test_pages_go_back_to_the_beginning(desk: Client, cast: Cast) -> None:
    tickets = [order(cast) for _ in range(45)]
    tell()
    first = desk.get("/notifications").content.decode()
    assert f"#{tickets[-1].pk} " in first
    assert f"#{tickets[0].pk} " not in first
    [older] = [part.split('"')[0] for part in first.split('href="/notifications?')[1:]]
    second = desk.get(f"/notifications?{older}").content.decode()
    assert f"#{tickets[0].pk} " in second
    assert f"#{tickets[-1].pk} " not in second


@pytest.mark.parametrize("before", ["", "x", "-1", "٣", "9" * 19, "9" * 400, "\x00"])
def test_odd_pages_are_no_error(desk: Client, before: str) -> None:
    assert desk.get("/notifications", {"before": before}).status_code == 200


def test_the_page_costs_the_same_however_much_it_shows(desk: Client, cast: Cast) -> None:
    def queries() -> int:
        tell()
        with CaptureQueriesContext(connection) as seen:
            desk.get("/notifications")
        return len(seen)

    order(cast)
    few = queries()
    for _ in range(30):
        actions.reply(order(cast), by=cast.director, text="Hurry")
    assert queries() <= few


def test_strangers_are_sent_to_sign_in(client: Client, cast: Cast) -> None:
    for path in ("/notifications", "/notifications/panel"):
        assert client.get(path).headers["Location"].startswith("/sign-in")
