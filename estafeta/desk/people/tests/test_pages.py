"""Every page of administration: who gets it, and that it shows what it is for."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from estafeta.accounts.models import Person
from estafeta.tickets.actions import open_ticket
from estafeta.tickets.models import Topic
from tests.cast import member, person


def _paths(cast: Any) -> list[str]:
    topic, _made = Topic.objects.get_or_create(name="Printers", department=cast.it)
    Topic.objects.get_or_create(name="Toner", parent=topic)
    return [
        "/administration", "/administration?q=arch", "/administration/positions",
        "/administration/priorities", "/administration/look",
        f"/administration/departments/{cast.it.pk}/merge",
        "/administration/people", "/administration/people?who=clients&q=cla",
        "/administration/people?who=inactive&page=999", "/administration/people/new",
        f"/administration/people/{cast.agent.pk}", f"/administration/people/{cast.agent.pk}/leave",
        "/administration/departments", f"/administration/departments/new?inside={cast.it.pk}",
        f"/administration/departments/{cast.it.pk}", "/administration/organisations",
        "/administration/organisations/new", f"/administration/organisations/{cast.alpha.pk}",
        "/administration/topics", "/administration/topics/new?inside=x",
        f"/administration/topics/{topic.pk}", "/administration/site", "/administration/security",
        "/administration/security?kind=people&person=1&before=5",
    ]  # fmt: skip


def test_administrators_get_every_page(cast: Any, client: Client) -> None:
    client.force_login(cast.admin)
    for path in _paths(cast):
        assert client.get(path).status_code == 200, path


def test_for_everybody_else_administration_does_not_exist(cast: Any, client: Client) -> None:
    for name, who in cast.everybody().items():
        if who.is_administrator:
            continue
        client.force_login(who)
        for path in _paths(cast):
            assert client.get(path).status_code == 404, (name, path)
            assert client.post(path).status_code in (404, 405), (name, path)


def test_strangers_are_led_to_sign_in(cast: Any, client: Client) -> None:
    for path in [*_paths(cast), "/clients", "/profile", "/profile/tokens", "/profile/devices"]:
        assert client.get(path)["Location"].startswith("/sign-in?next="), path


@pytest.mark.parametrize("number", [0, 999_999, 10**30])
@pytest.mark.parametrize(
    "path",
    [
        "/administration/people/{}", "/administration/people/{}/leave",
        "/administration/departments/{}", "/administration/organisations/{}",
        "/administration/topics/{}", "/clients/{}", "/clients/{}/edit",
    ],
)  # fmt: skip
def test_numbers_of_nothing_are_404(cast: Any, client: Client, path: str, number: int) -> None:
    member(cast.admin, cast.it)
    client.force_login(cast.admin)
    assert client.get(path.format(number)).status_code == 404


@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=" + "x" * 5000, "page=-1", "page=zzz", "who=nobody", "q=%F0%9F%98%80'\"<b>"],
)
def test_naughty_queries_are_just_empty(cast: Any, client: Client, query: str) -> None:
    member(cast.admin, cast.it)
    client.force_login(cast.admin)
    for path in ("/administration/people", "/clients", "/administration/security"):
        response = client.get(f"{path}?{query}")
        assert response.status_code == 200
        assert "'\"<b>" not in response.content.decode()


@pytest.mark.parametrize("path", ["/administration/people?who=all", "/clients"])
def test_lists_need_as_many_queries_for_ten_as_for_forty(
    cast: Any, client: Client, path: str
) -> None:
    member(cast.admin, cast.it)
    client.force_login(cast.admin)
    client.get(path)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    before = queries()
    for number in range(30):
        who = person(f"p{number}", f"Person {number}", organisation=cast.alpha)
        if number % 2:
            member(who, cast.network, head=True)
    assert queries() == before


def test_the_security_page_needs_as_many_queries_for_many(cast: Any, client: Client) -> None:
    from estafeta.accounts import security
    from estafeta.accounts.models.security_entry import Kind

    client.force_login(cast.admin)
    security.record(Kind.PERSON_CHANGED, by=cast.admin, about=cast.agent)
    client.get("/administration/security")
    with CaptureQueriesContext(connection) as few:
        client.get("/administration/security")
    for who in (cast.agent, cast.head, cast.client, cast.lead):
        for _number in range(5):
            security.record(Kind.PERSON_CHANGED, by=who, about=cast.director)
    with CaptureQueriesContext(connection) as many:
        client.get("/administration/security")
    assert len(few) == len(many)


def test_the_clients_directory_is_for_staff(cast: Any, client: Client) -> None:
    for name, who in cast.everybody().items():
        client.force_login(who)
        expected = 200 if who.is_agent else 404
        assert client.get("/clients").status_code == expected, name
        assert client.get(f"/clients/{cast.client.pk}").status_code == expected, name


def test_the_directory_shows_clients_and_no_staff(cast: Any, client: Client) -> None:
    client.force_login(cast.agent)
    page = client.get("/clients").content.decode()
    assert "Clara Client" in page
    assert "Boris Agent" not in page
    assert client.get(f"/clients/{cast.agent_b.pk}").status_code == 404
    assert "Clara Client" in client.get("/clients?q=312214").content.decode()


def test_a_clients_card_shows_only_tickets_the_reader_may_see(cast: Any, client: Client) -> None:
    open_ticket(by=cast.client, title="Cartridge is empty", department=cast.it)
    open_ticket(by=cast.client, title="Salary question", department=cast.accounting)
    client.force_login(cast.agent)
    page = client.get(f"/clients/{cast.client.pk}").content.decode()
    assert "Cartridge is empty" in page
    assert "Salary question" not in page


def test_administration_shows_no_titles_of_foreign_tickets(cast: Any, client: Client) -> None:
    from estafeta.tickets import actions
    from estafeta.tickets.models import Ticket

    entry = open_ticket(by=cast.client, title="Confidential salary", department=cast.it)
    actions.take(Ticket.objects.get(pk=entry.ticket_id), by=cast.agent)
    client.force_login(cast.admin)
    page = client.get(f"/administration/people/{cast.agent.pk}/leave").content.decode()
    assert "Confidential salary" not in page
    assert "Where does 1 open ticket go?" in page


def test_the_system_has_no_page(cast: Any, client: Client) -> None:
    client.force_login(cast.admin)
    system = Person.objects.get(login="system")
    assert client.get(f"/administration/people/{system.pk}").status_code == 404
    assert (
        f'/people/{system.pk}"' not in client.get("/administration/people?who=all").content.decode()
    )
