"""The page of what happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from estafeta.desk.feed import views
from estafeta.tickets import actions
from estafeta.tickets.models import Ticket
from tests.cast import Cast

Door = Callable[[Any], Client]


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """Clara's, in IT, with a note."""
    found = actions.open_ticket(by=cast.client, title="Printer", department=cast.it).ticket
    actions.take(found, by=cast.agent)
    actions.note(found, by=cast.agent, text="The *old* one again")
    return found


def test_staff_reads_what_happened_in_his_departments(cast: Cast, ticket: Ticket, at: Door) -> None:
    page = at(cast.head).get("/feed").content.decode()
    assert "<b>Anna Agent</b> takes the ticket" in page
    assert "The old one again" in page
    assert f'href="/tickets/{ticket.pk}#entry-2"' in page
    assert 'data-live="list"' in page
    assert "takes the ticket" not in at(cast.agent2).get("/feed").content.decode()


def test_a_lead_reads_it_without_notes_and_clients_have_no_feed(
    cast: Cast, ticket: Ticket, at: Door
) -> None:
    page = at(cast.lead).get("/feed").content.decode()
    assert "takes the ticket" in page
    assert "old one" not in page
    assert at(cast.client).get("/feed").status_code == 404


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("kind=moved", True), ("kind=opened", False), ("kind=nonsense", True),
        ("from=2001-01-01", True), ("from=2899-01-01", False), ("to=2001-01-01", False),
        ("from=0001-01-01&to=9999-12-31", True), ("from=2026-99-99", True),
        ("department=x&person=²&before=-1", True), ("before=99999999999999999999", True),
        ("all=1", True), ("department=9223372036854775807", False),
    ],
)  # fmt: skip
def test_the_address_narrows_it_and_nonsense_does_not_hurt(
    cast: Cast, ticket: Ticket, at: Door, query: str, is_there: bool
) -> None:
    answer = at(cast.agent).get(f"/feed?{query}")
    assert answer.status_code == 200
    assert ("takes the ticket" in answer.content.decode()) == is_there


def test_it_goes_on_on_the_next_page(
    cast: Cast, ticket: Ticket, at: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "SIZE", 2)
    door = at(cast.agent)
    first = door.get("/feed?kind=").content.decode()
    assert "opens the ticket" not in first
    older = first.split('href="/feed?before=')[1].split('"')[0]
    second = door.get(f"/feed?before={older}").content.decode()
    assert "opens the ticket" in second
    assert "data-live" not in second.split('id="feed-body"')[1].split(">")[0]


def test_one_person_is_chosen_by_staff(cast: Cast, ticket: Ticket, at: Door) -> None:
    page = at(cast.head).get(f"/feed?person={cast.agent.pk}").content.decode()
    assert "opens the ticket" not in page
    assert "Remove the filter Anna Agent" in page
    assert "Anna Agent</" not in at(cast.lead).get(f"/feed?person={cast.admin.pk}").content.decode()
