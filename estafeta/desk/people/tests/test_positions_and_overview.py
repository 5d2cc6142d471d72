"""The dictionary of positions; the page on which every setting is found; leaving through its page."""

from typing import Any

import pytest
from django.test import Client

from estafeta.accounts.models import Person, Position, SecurityEntry, Site
from estafeta.tickets import actions
from estafeta.tickets.actions import open_ticket
from estafeta.tickets.models import Ticket


@pytest.fixture
def admin(cast: Any) -> Client:
    client = Client()
    client.force_login(cast.admin)
    return client


def _position(admin: Client, name: str) -> Position:
    admin.post("/administration/positions", {"name": name})
    return Position.objects.get(name=name)


def test_a_position_is_added_once_and_offered_on_cards(cast: Any, admin: Client) -> None:
    _position(admin, "Engineer")
    assert admin.post("/administration/positions", {"name": " Engineer "}).status_code == 422
    assert admin.post("/administration/positions", {"name": " "}).status_code == 422
    page = admin.get(f"/administration/people/{cast.agent.pk}").content.decode()
    assert '<option value="Engineer">' in page


def test_a_new_name_comes_onto_the_cards_and_may_join_two(cast: Any, admin: Client) -> None:
    engineer, _other = _position(admin, "Engineer"), _position(admin, "Senior engineer")
    Person.objects.filter(pk=cast.agent.pk).update(position="Engineer")
    path = f"/administration/positions/{engineer.pk}"
    admin.post(path, {"name": "Technician"})
    assert Person.objects.get(pk=cast.agent.pk).position == "Technician"
    admin.post(path, {"name": "Senior engineer"})
    assert Person.objects.get(pk=cast.agent.pk).position == "Senior engineer"
    assert list(Position.objects.values_list("name", flat=True)) == ["Senior engineer"]
    kinds = SecurityEntry.objects.filter(kind="structure.position_changed")
    assert [entry.facts["people"] for entry in kinds] == [1, 1]


def test_a_deleted_position_stays_on_the_cards(cast: Any, admin: Client) -> None:
    engineer = _position(admin, "Engineer")
    Person.objects.filter(pk=cast.agent.pk).update(position="Engineer")
    admin.post(f"/administration/positions/{engineer.pk}", {"delete": "1"})
    assert not Position.objects.exists()
    assert Person.objects.get(pk=cast.agent.pk).position == "Engineer"
    assert admin.post(f"/administration/positions/{engineer.pk}", {}).status_code == 404


def test_every_setting_is_found_by_its_words(cast: Any, admin: Client) -> None:
    page = admin.get("/administration").content.decode()
    for name in ("Archive after, days", "Accent colour", "Largest file", "smtp_host"):
        assert name in page
    found = admin.get("/administration?q=ARCHIVE days").content.decode()
    assert "Archive after, days" in found
    assert "Accent colour" not in found
    assert "Nothing is found" in admin.get("/administration?q=qwertyuiop").content.decode()
    part = admin.get("/administration?q=logo", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div class="stack" id="overview"')


def test_secrets_are_told_of_and_not_shown(cast: Any, admin: Client, settings: Any) -> None:
    settings.CONFIGURATION = settings.CONFIGURATION.model_copy(
        update={"secret_key": "hush-hush", "smtp_password": "open-sesame"}
    )
    page = admin.get("/administration").content.decode()
    assert "hush-hush" not in page
    assert "open-sesame" not in page
    assert "set, not shown" in page


def _taken(cast: Any, amount: int = 1) -> list[Ticket]:
    found = []
    for _number in range(amount):
        ticket = open_ticket(by=cast.client, title="Printer", department=cast.it).ticket
        actions.take(ticket, by=cast.agent)
        found.append(ticket)
    return found


def test_who_leaves_hands_everything_to_one_colleague(cast: Any, admin: Client) -> None:
    tickets = _taken(cast, 2)
    path = f"/administration/people/{cast.agent.pk}/leave"
    refused = admin.post(path, {"way": "colleague"})
    assert refused.status_code == 422
    assert "Choose who goes on" in refused.content.decode()
    admin.post(path, {"way": "colleague", "colleague": cast.agent_b.pk})
    assert {Ticket.objects.get(pk=row.pk).performer for row in tickets} == {cast.agent_b}
    assert not Person.objects.get(pk=cast.agent.pk).is_active


def test_who_leaves_hands_each_to_whom_it_was_said(cast: Any, admin: Client) -> None:
    mine, free = _taken(cast, 2)
    path = f"/administration/people/{cast.agent.pk}/leave"
    admin.post(path, {"way": "each", f"to_{mine.pk}": cast.agent_b.pk, f"to_{free.pk}": ""})
    assert Ticket.objects.get(pk=mine.pk).performer == cast.agent_b
    assert Ticket.objects.get(pk=free.pk).performer is None


def test_a_refused_leave_keeps_what_was_chosen(cast: Any, admin: Client) -> None:
    (ticket,) = _taken(cast)
    path = f"/administration/people/{cast.agent.pk}/leave"
    answer = admin.post(path, {"way": "each", f"to_{ticket.pk}": cast.client.pk})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Clara Client cannot take tickets." in page
    assert f'name="to_{ticket.pk}" value="{cast.client.pk}"' in page
    assert Person.objects.get(pk=cast.agent.pk).is_active


def test_the_extra_rights_are_granted_and_told(cast: Any, admin: Client) -> None:
    from estafeta.accounts.actions import rights

    rights.set_rights(cast.agent, by=cast.admin, may_announce=True, may_see_reports=True)
    entry = SecurityEntry.objects.get(kind="rights.changed")
    assert entry.facts["changes"] == {
        "may_announce": [False, True], "may_see_reports": [False, True],
    }  # fmt: skip
    page = admin.get(f"/administration/people/{cast.agent.pk}").content.decode()
    for name in ("may_announce", "may_write_knowledge", "may_see_reports"):
        assert f'name="{name}"' in page
    assert Site.objects.get().rights_version > 0
