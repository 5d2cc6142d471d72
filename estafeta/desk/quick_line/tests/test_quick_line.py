"""The quick line on the desk: shown, mended, opened, or taken into the full form."""

from __future__ import annotations

import pytest
from django.test import Client

from estafeta.tickets.models import Priority, Ticket, Topic
from tests.cast import Cast, member, person


@pytest.fixture
def desk(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.agent)
    return browser


def test_a_line_becomes_a_ticket_with_all_that_it_says(desk: Client, cast: Cast) -> None:
    answer = desk.post(
        "/quick",
        {"line": "@boris tomorrow 15:00 !urgent for Clara replace the lamp #room214\nIt blinks."},
    )
    assert answer.status_code == 303, answer.content.decode()
    ticket = Ticket.objects.get()
    assert answer["Location"] == f"/tickets/{ticket.pk}"
    assert (ticket.title, ticket.text) == ("replace the lamp", "It blinks.")
    assert ticket.priority == Priority.URGENT
    assert ticket.requester == cast.client
    assert ticket.deadline is not None
    assert [row.tag.name for row in ticket.taggings.all()] == ["room214"]
    assert [one.person for one in ticket.participants.filter(person=cast.agent_b)]


def test_the_same_form_sent_twice_opens_one_ticket(desk: Client) -> None:
    for _time in range(2):
        assert desk.post("/quick", {"line": "@IT lamp #a", "key": "k1"}).status_code == 303
    assert Ticket.objects.count() == 1


def test_nobody_of_that_name_opens_nothing_and_keeps_the_line(desk: Client) -> None:
    answer = desk.post("/quick", {"line": "@nobody replace the lamp"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "@nobody replace the lamp</textarea>" in page
    assert "is called" in page
    assert not Ticket.objects.exists()


def test_two_of_one_name_are_offered_and_a_choice_takes_its_place(desk: Client, cast: Cast) -> None:
    member(person("anna2", "Anna Other"), cast.it)
    page = desk.post("/quick/preview", {"line": "@agent lamp"}).content.decode()
    assert 'name="instead"' in page
    assert "Boris Agent" in page
    chosen = '@"Boris Agent" lamp'
    again = desk.post("/quick", {"instead": chosen, "line": "@agent lamp\nmore"})
    assert again.status_code == 200
    assert "Boris Agent&#34; lamp\nmore</textarea>" in again.content.decode()


def test_the_full_form_comes_filled_and_loses_nothing(desk: Client, cast: Cast) -> None:
    topic = Topic.objects.create(name="Printers", department=cast.it, acceptance="author")
    page = desk.post(
        "/quick", {"full": "1", "line": "@boris /printers !high for Clara paper jam #r1\nSee photo"}
    ).content.decode()
    assert 'value="paper jam #r1"' in page
    assert "See photo" in page
    assert f'<option value="{topic.pk}" selected' in page
    assert "Boris Agent" in page
    assert "Clara Client" in page
    assert '<option value="author" selected' in page


def test_a_client_gets_a_department_and_the_rest_stays_in_the_title(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.client)
    answer = browser.post("/quick", {"line": "@IT !urgent lamp #214 until Friday"})
    assert answer.status_code == 303
    ticket = Ticket.objects.get()
    assert ticket.title == "!urgent lamp #214 until Friday"
    assert ticket.department == cast.it
    refused = browser.post("/quick", {"line": "@boris lamp"})
    assert refused.status_code == 422
    assert "Boris" not in refused.content.decode()


def test_without_department_or_person_the_reason_stands_at_the_field(desk: Client) -> None:
    answer = desk.post("/quick", {"line": "replace the lamp"})
    assert answer.status_code == 422
    assert "Choose a department or a person." in answer.content.decode()
