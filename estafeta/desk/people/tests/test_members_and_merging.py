"""People of a department on its own page; one department becomes part of another."""

from typing import Any

import pytest
from django.test import Client

from estafeta.accounts.models import Department, Membership, SecurityEntry
from estafeta.tickets.actions import open_ticket
from estafeta.tickets.models import Ticket, Topic
from estafeta.tickets.upkeep import department_merge


@pytest.fixture
def admin(cast: Any) -> Client:
    client = Client()
    client.force_login(cast.admin)
    return client


def _people(department: Department) -> dict[str, bool]:
    rows = Membership.objects.filter(department=department)
    return dict(rows.values_list("person__login", "is_head"))


def test_members_are_added_made_head_and_taken_out(cast: Any, admin: Client) -> None:
    path = f"/administration/departments/{cast.accounting.pk}/members"
    admin.post(path, {"add": [cast.agent.pk, cast.agent_b.pk]})
    assert _people(cast.accounting) == {"vera": False, "anna": False, "boris": False}
    admin.post(path, {"head": cast.agent.pk})
    assert _people(cast.accounting)["anna"] is True
    admin.post(path, {"member": cast.agent.pk})
    assert _people(cast.accounting)["anna"] is False
    admin.post(path, {"remove": cast.agent.pk})
    assert "anna" not in _people(cast.accounting)
    assert _people(cast.it)["anna"] is False, "elsewhere nothing has changed"
    kinds = SecurityEntry.objects.filter(about=cast.agent).values_list("kind", flat=True)
    assert set(kinds) == {"rights.memberships"}


def test_heads_are_added_at_once(cast: Any, admin: Client) -> None:
    path = f"/administration/departments/{cast.accounting.pk}/members"
    admin.post(path, {"add": [cast.agent.pk], "as_head": "on"})
    assert _people(cast.accounting)["anna"] is True


def test_nonsense_adds_nobody(cast: Any, admin: Client) -> None:
    path = f"/administration/departments/{cast.accounting.pk}/members"
    for sent in ({}, {"add": "x"}, {"head": "99999"}, {"add": "9" * 40}):
        assert admin.post(path, sent).status_code == 302
    assert _people(cast.accounting) == {"vera": False}


def test_a_closed_department_takes_nobody(cast: Any, admin: Client) -> None:
    Department.objects.filter(pk=cast.accounting.pk).update(is_active=False)
    path = f"/administration/departments/{cast.accounting.pk}/members"
    admin.post(path, {"add": [cast.agent.pk]})
    assert "anna" not in _people(cast.accounting)


def test_a_merge_says_what_follows_and_moves_everything(cast: Any, admin: Client) -> None:
    open_ticket(by=cast.client, title="Printer", department=cast.it)
    topic = Topic.objects.create(name="Servers", department=cast.it)
    path = f"/administration/departments/{cast.it.pk}/merge"
    page = admin.get(path).content.decode()
    assert "1 ticket moves there" in page
    assert "Servers" in page
    assert "Network" in page
    answer = admin.post(path, {"into": cast.accounting.pk})
    assert (answer.status_code, answer.headers["Location"]) == (302, path)
    cast.it.refresh_from_db()
    assert (cast.it.is_active, cast.it.merged_into) == (False, cast.accounting)
    assert {"anna", "boris", "hugo", "vera"} == set(_people(cast.accounting))
    assert _people(cast.accounting)["hugo"] is False, "heads are heads there only when asked for"
    topic.refresh_from_db()
    cast.network.refresh_from_db()
    assert (topic.department, cast.network.parent) == (cast.accounting, cast.accounting)
    assert "Tickets move: 0 of 1" in admin.get(path).content.decode()
    department_merge.move_tickets.call(cast.it.pk)
    ticket = Ticket.objects.get()
    assert ticket.department == cast.accounting
    protocol = admin.get(path).content.decode()
    assert "1 ticket was moved." in protocol
    assert "Ada Admin" in protocol
    assert "Became part of Accounting" in admin.get("/administration/security").content.decode()


def test_heads_stay_heads_when_it_is_wished(cast: Any, admin: Client) -> None:
    path = f"/administration/departments/{cast.it.pk}/merge"
    admin.post(path, {"into": cast.accounting.pk, "keep_heads": "on"})
    assert _people(cast.accounting)["hugo"] is True


def test_a_department_is_not_merged_into_itself_or_what_is_inside(cast: Any, admin: Client) -> None:
    path = f"/administration/departments/{cast.it.pk}/merge"
    for into in (cast.it.pk, cast.network.pk, "", "x", 99999):
        assert admin.post(path, {"into": into}).status_code == 422
    cast.it.refresh_from_db()
    assert cast.it.is_active
