from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from estafeta.accounts.actions.departments import create_department
from estafeta.accounts.models import Person
from estafeta.accounts.models.department import HandOverMode
from estafeta.lib import clock
from estafeta.tickets import actions
from estafeta.tickets.models import Acceptance, Ticket
from estafeta.tickets.tests.crowd import make_crowd
from tests.cast import Cast

At = Callable[[Person], Client]


def order(cast: Cast, title: str, **more: object) -> Ticket:
    values = {"by": cast.client, "department": cast.it, **more}
    return actions.open_ticket(title=title, **values).ticket  # type: ignore[arg-type]


def groups(client: Client) -> dict[str, list[str]]:
    """Heading -> titles under it."""
    page = client.get("/").content.decode()
    found: dict[str, list[str]] = {}
    for part in re.split(r'class="list-group"', page)[1:]:
        heading = re.search(r"<a [^>]*>([^<]+)<", part).group(1)  # type: ignore[union-attr]
        found[heading] = re.findall(r'data-row-link title="([^"]+)"', part)
    return found


def test_the_dashboard_sorts_the_day_of_an_agent(cast: Cast, at: At) -> None:
    mine, waits = order(cast, "Mine"), order(cast, "Stands still")
    order(cast, "Free one")
    for ticket in (mine, waits):
        actions.take(ticket, by=cast.agent)
    actions.wait(waits, by=cast.agent, wait_for="part", reason="A new disk")
    result = order(cast, "Result", by=cast.agent, department=cast.accounting,
                   acceptance=Acceptance.AUTHOR)  # fmt: skip
    actions.take(result, by=cast.agent2)
    actions.complete(result, by=cast.agent2)
    with clock.standing_at(timezone.now() - timedelta(days=2)):
        late = order(cast, "Late one", deadline=timezone.now() - timedelta(days=1))
    actions.take(late, by=cast.agent_b)
    assert groups(at(cast.agent)) == {
        "With me": ["Mine"],
        "Waits for me to accept": ["Result"],
        "Late": ["Late one"],
        "Free": ["Free one"],
        "Waits": ["Stands still"],
    }


def test_a_client_is_asked_for_what_only_he_can_do(cast: Cast, at: At) -> None:
    asked = order(cast, "Which printer?")
    actions.take(asked, by=cast.agent)
    actions.wait(asked, by=cast.agent, wait_for="requester")
    order(cast, "Foreign", by=cast.stranger)
    order(cast, "My other one")
    assert groups(at(cast.client)) == {
        "Waits for my answer": ["Which printer?"],
        "My tickets": ["My other one"],
    }
    page = at(cast.client).get("/").content.decode()
    assert "Load of my people" not in page
    assert "Foreign" not in page


def test_the_dashboard_holds_what_waits_for_a_word(cast: Cast, at: At) -> None:
    cast.accounting.hand_over_mode = HandOverMode.ACCEPT
    cast.accounting.save()
    asked, later = order(cast, "Handed over"), timezone.now() + timedelta(days=3)
    actions.hand_over(asked, by=cast.head, department=cast.accounting, reason="Yours")
    shifted = order(cast, "Needs longer")
    actions.take(shifted, by=cast.agent)
    actions.propose_deadline(shifted, by=cast.agent, deadline=later, reason="A part is late")
    agree, receive = "A new deadline is proposed", "Handed over to us: accept or decline"
    assert groups(at(cast.agent2)) == {receive: ["Handed over"]}
    assert groups(at(cast.head))[agree] == ["Needs longer"]
    assert groups(at(cast.client))[agree] == ["Needs longer"]
    assert agree not in groups(at(cast.agent)), "who proposes it does not answer it"
    assert agree not in groups(at(cast.lead))
    for person, path in (
        (cast.head, "/tickets?waits=deadline"), (cast.client, "/sent?waits=deadline"),
    ):  # fmt: skip
        assert "Needs longer" in at(person).get(path).content.decode()
    page = at(cast.agent2).get("/inbox?waits=hand_over").content.decode()
    assert re.findall(r'data-row-link title="([^"]+)"', page) == ["Handed over"]
    actions.accept_hand_over(asked, by=cast.agent2)
    actions.answer_deadline(shifted, by=cast.client, agree=True)
    assert receive not in groups(at(cast.agent2))
    assert agree not in groups(at(cast.head))


def test_a_head_sees_the_load_of_his_people_and_others_do_not(cast: Cast, at: At) -> None:
    for _n in range(3):
        actions.take(order(cast, "Work"), by=cast.agent)
    page = at(cast.head).get("/").content.decode()
    assert "Load of my people" in page
    assert re.search(r'performer=\d+" class="load-name clip"[^>]*>Anna[^<]*</a>.*?>3<', page)
    assert "Vera Accounting" not in page
    assert "Load of my people" not in at(cast.agent).get("/").content.decode()


def test_a_director_sees_all_departments_at_a_glance(cast: Cast, at: At) -> None:
    order(cast, "Work", department=cast.accounting)
    page = at(cast.director).get("/").content.decode()
    for department in (cast.it, cast.network, cast.accounting):
        assert f"/departments/{department.pk}" in page
    assert at(cast.director).get("/departments").status_code == 200


def test_the_page_of_departments_leaves_none_out(cast: Cast, at: At) -> None:
    more = [create_department(by=cast.admin, name=f"Branch {number:02}") for number in range(40)]
    page = at(cast.director).get("/departments").content.decode()
    assert [row.name for row in more if row.name not in page] == []
    assert cast.it.name in at(cast.agent).get("/departments").content.decode()


def test_whom_nothing_waits_for_is_told_so(cast: Cast, at: At) -> None:
    assert "Nothing waits for you" in at(cast.agent2).get("/").content.decode()
    assert "How can we help?" in at(cast.stranger).get("/").content.decode()


PAGES = ("/", "/inbox", "/sent", "/tickets", "/archive", "/search?q=disk", "/palette?q=disk",
         "/navigation", "/departments")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_costs_the_same_queries_however_much_there_is(cast: Cast, at: At, path: str) -> None:
    people = (cast.head, cast.agent, cast.director, cast.client)
    make_crowd(cast, seed=1, amount=60)
    few = [_queries(at(person), path) for person in people]
    make_crowd(cast, seed=2, amount=240)
    many = [_queries(at(person), path) for person in people]
    for person, before, after in zip(people, few, many, strict=True):
        assert after <= before <= 24, (person.login, before, after)


def _queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)
