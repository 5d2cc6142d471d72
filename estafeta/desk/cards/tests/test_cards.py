from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.models import ReadMark
from tests.cast import Cast
from tests.orders import order, taken

At = Callable[[Person], Client]
HTMX = {"HX-Request": "true"}


def test_a_card_of_a_ticket_is_for_those_who_see_it(cast: Cast, at: At) -> None:
    ticket = taken(cast, by=cast.agent, title="Принтер", text="Не печатает **совсем**")
    seeing = {cast.director, cast.head, cast.agent, cast.agent_b}
    for name, person in cast.everybody().items():
        answer = at(person).get(f"/tickets/{ticket.pk}/card", headers=HTMX)
        assert answer.status_code == (200 if person in seeing else 404), name
        assert ("Принтер" in answer.content.decode()) == (person in seeing)


def test_a_card_does_not_read_and_the_pane_does(cast: Cast, at: At) -> None:
    ticket = order(cast)
    client = at(cast.agent)
    client.get(f"/tickets/{ticket.pk}/card")
    assert not ReadMark.objects.filter(person=cast.agent).exists()
    page = client.get(f"/tickets/{ticket.pk}/pane", headers=HTMX).content.decode()
    assert ReadMark.objects.filter(person=cast.agent, ticket=ticket).exists()
    assert f'hx-get="/tickets/{ticket.pk}/pane"' in page
    assert 'data-verb="take"' in page


def test_the_pane_shows_no_note_to_a_client(cast: Cast, at: At) -> None:
    ticket = order(cast, by=cast.client)
    actions.note(ticket, by=cast.agent, text="Тайная записка")
    assert "Тайная" in at(cast.agent).get(f"/tickets/{ticket.pk}/pane").content.decode()
    assert "Тайная" not in at(cast.client).get(f"/tickets/{ticket.pk}/pane").content.decode()
    assert at(cast.stranger).get(f"/tickets/{ticket.pk}/pane").status_code == 404


def test_staff_reads_on_a_persons_card_how_to_reach_him(cast: Cast, at: At) -> None:
    page = at(cast.agent).get(f"/people/{cast.client.pk}/card").content.decode()
    assert "Clara Client" in page
    assert "+7 312 214" in page
    taken(cast, by=cast.agent_b)
    assert "1 open ticket" in at(cast.head).get(f"/people/{cast.agent_b.pk}/card").content.decode()


def test_a_client_knows_only_whom_he_meets_and_not_his_telephone(cast: Cast, at: At) -> None:
    client = at(cast.client)
    type(cast.agent).objects.filter(pk=cast.agent.pk).update(phone="12-34")
    assert client.get(f"/people/{cast.agent.pk}/card").status_code == 404
    ticket = order(cast, by=cast.client)
    actions.take(ticket, by=cast.agent)
    page = client.get(f"/people/{cast.agent.pk}/card").content.decode()
    assert "Anna Agent" in page
    assert "12-34" not in page
    assert client.get(f"/people/{cast.stranger.pk}/card").status_code == 404


@pytest.mark.parametrize("address", ["/people/999999/card", "/tickets/999999/card"])
def test_nobody_has_a_card_of_what_is_not_there(cast: Cast, at: At, address: str) -> None:
    assert at(cast.director).get(address).status_code == 404
