"""The directory of clients: who may add and change cards."""

from typing import Any

import pytest
from django.test import Client

from estafeta.accounts.models import Person
from tests.cast import member


def _form(**changed: Any) -> dict[str, Any]:
    return {"name": "Phone Client", "email": "", "phone": "", "room": "", "position": "",
            "contacts": "", "organisation": "", **changed}  # fmt: skip


@pytest.fixture
def agent(cast: Any) -> Client:
    client = Client()
    client.force_login(cast.agent)
    return client


def test_agents_add_clients_who_cannot_sign_in(cast: Any, agent: Client) -> None:
    agent.post("/clients/new", _form(phone="55", organisation=cast.alpha.pk))
    made = Person.objects.get(name="Phone Client")
    assert made.login is None
    assert not made.has_usable_password()
    assert made.organisation == cast.alpha


def test_a_known_phone_or_mail_is_asked_about_first(cast: Any, agent: Client) -> None:
    for same in ({"email": "CLARA@example.org"}, {"phone": "+7 (312) 214"}):
        response = agent.post("/clients/new", _form(**same))
        assert response.status_code == 422
        assert "Is it one of these?" in response.content.decode()
        assert "Clara Client" in response.content.decode()
    assert not Person.objects.filter(name="Phone Client").exists()
    agent.post("/clients/new", _form(phone="+7 312 214", another="1"))
    assert Person.objects.filter(name="Phone Client").count() == 1
    assert Person.objects.get(pk=cast.client.pk).name == "Clara Client"


def test_a_right_taken_away_closes_the_forms(cast: Any, agent: Client) -> None:
    Person.objects.filter(pk=cast.agent.pk).update(may_edit_clients=False)
    assert agent.get("/clients/new").status_code == 404
    assert agent.get(f"/clients/{cast.client.pk}/edit").status_code == 404
    assert agent.post(f"/clients/{cast.client.pk}/edit", _form()).status_code == 404
    assert "/clients/new" not in agent.get("/clients").content.decode()


def test_heads_may_always(cast: Any, client: Client) -> None:
    Person.objects.filter(pk=cast.head.pk).update(may_edit_clients=False)
    client.force_login(cast.head)
    client.post("/clients/new", _form())
    assert Person.objects.filter(name="Phone Client").exists()


def test_the_card_of_a_client_is_changed_but_neither_login_nor_rights(
    cast: Any, agent: Client
) -> None:
    agent.post(
        f"/clients/{cast.client.pk}/edit",
        _form(name="Clara C.", login="root", is_administrator="on", is_lead="on"),
    )
    cast.client.refresh_from_db()
    assert cast.client.name == "Clara C."
    assert cast.client.login == "clara"
    assert not cast.client.is_administrator
    assert not cast.client.is_lead


def test_the_cards_of_staff_are_out_of_reach(cast: Any, agent: Client) -> None:
    for person in (cast.agent_b, cast.head, cast.director, cast.admin):
        assert agent.post(f"/clients/{person.pk}/edit", _form()).status_code == 404


def test_a_client_who_becomes_staff_leaves_the_directory(cast: Any, agent: Client) -> None:
    member(cast.client, cast.accounting)
    assert agent.get(f"/clients/{cast.client.pk}").status_code == 404


def test_the_address_of_a_client_who_signs_in_stays_whatever_an_agent_sends(
    cast: Any, agent: Client
) -> None:
    agent.post(f"/clients/{cast.client.pk}/edit", _form(email="mine@example.org", phone="77"))
    row = Person.objects.get(pk=cast.client.pk)
    assert (row.email, row.phone) == (cast.client.email, "77")
