"""Writing a new ticket."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from estafeta.accounts.models import Department, Person
from estafeta.desk.tickets.tests.conftest import At
from estafeta.tickets.models import Acceptance, Entry, Priority, Ticket, Topic
from estafeta.tickets.via import Via
from tests.cast import Cast


def send(browser: Any, **fields: Any) -> Any:
    return browser.post("/tickets/new", {"title": "The printer hums", "key": "k", **fields})


def test_an_agent_writes_to_people_with_everything(cast: Cast, at: At) -> None:
    browser = at(cast.agent2)
    answer = send(
        browser, text="It **hums**", department=cast.it.pk, people=[cast.agent.pk, cast.agent_b.pk],
        priority=4, deadline="2031-05-06T10:30", acceptance="author", whose="me",
    )  # fmt: skip
    ticket = Ticket.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/tickets/{ticket.pk}")
    assert (ticket.author, ticket.requester, ticket.department) == (
        cast.agent2, cast.agent2, cast.it,
    )  # fmt: skip
    assert (ticket.priority, ticket.acceptance) == (Priority.URGENT, Acceptance.AUTHOR)
    assert {row.person for row in ticket.participants.all()} == {cast.agent, cast.agent_b}
    assert Entry.objects.get().via == Via.DESK
    page = browser.get(answer.headers["Location"]).content.decode()
    assert f"Ticket {ticket.pk} is on its way." in page
    assert '<a href="/tickets/new">One more</a>' in page


def test_a_client_writes_to_a_department_and_to_nobody_else(cast: Cast, at: At) -> None:
    browser = at(cast.client)
    form = browser.get("/tickets/new").content.decode()
    for name in ("people", "priority", "deadline", "acceptance", "requester", "whose"):
        assert f'name="{name}"' not in form
    send(browser, department=cast.it.pk, people=[cast.agent.pk], requester=cast.agent.pk,
         whose="other", priority=4, deadline="2031-05-06T10:30", acceptance="head")  # fmt: skip
    ticket = Ticket.objects.get()
    assert (ticket.author, ticket.requester, ticket.priority) == (cast.client, cast.client, 2)
    assert (ticket.acceptance, ticket.deadline) == (Acceptance.NOBODY, None)
    assert not ticket.participants.exists()


def test_it_is_recorded_for_a_client_on_the_phone(cast: Cast, at: At) -> None:
    send(at(cast.agent), whose="other", requester=cast.client.pk, department=cast.it.pk)
    ticket = Ticket.objects.get()
    assert (ticket.author, ticket.requester, ticket.organisation) == (
        cast.agent, cast.client, cast.alpha,
    )  # fmt: skip


def new_client(**more: Any) -> dict[str, Any]:
    return {"whose": "other", "requester_new": "Nora New", **more}


def test_a_new_client_is_made_together_with_the_ticket(cast: Cast, at: At) -> None:
    send(at(cast.agent), department=cast.it.pk, **new_client(
        client_phone="+7 999", client_room="7", client_email="nora@example.org",
        client_organisation=cast.beta.pk))  # fmt: skip
    nora = Person.objects.get(name="Nora New")
    assert (nora.phone, nora.room, nora.email, nora.organisation) == (
        "+7 999", "7", "nora@example.org", cast.beta,
    )  # fmt: skip
    assert nora.login is None
    assert not nora.has_usable_password()
    assert Ticket.objects.get().requester == nora


@pytest.mark.parametrize(
    "same", [{"client_email": "CLARA@example.org"}, {"client_phone": "7312214"}]
)
def test_somebody_with_the_same_mail_or_phone_is_asked_about(
    cast: Cast, at: At, same: dict[str, str]
) -> None:
    browser, sent = at(cast.agent), new_client(department=cast.it.pk, **same)
    before = Person.objects.count()
    answer = send(browser, **sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Is it this one?" in page
    assert "Clara Client" in page
    assert 'name="requester_new" value="Nora New"' in page
    assert not Ticket.objects.exists()
    send(browser, **sent, client_is=cast.client.pk)
    assert Ticket.objects.get().requester == cast.client
    assert Person.objects.count() == before
    cast.client.refresh_from_db()
    assert cast.client.name == "Clara Client"


def test_a_different_person_with_the_same_phone_gets_a_card_of_his_own(cast: Cast, at: At) -> None:
    send(at(cast.agent), department=cast.it.pk, client_is="new",
         **new_client(client_phone="+7 312 214"))  # fmt: skip
    assert Ticket.objects.get().requester == Person.objects.get(name="Nora New")
    assert Person.objects.get(pk=cast.client.pk).phone == "+7 312 214"


def test_a_forged_answer_to_who_it_is_asks_again(cast: Cast, at: At) -> None:
    sent = new_client(department=cast.it.pk, client_email="clara@example.org")
    for forged in (cast.admin.pk, "0", "9" * 30, "x"):
        assert send(at(cast.agent), **sent, client_is=forged).status_code == 409
    assert not Ticket.objects.exists()


def test_no_client_stays_behind_when_the_ticket_is_refused(cast: Cast, at: At) -> None:
    before = Person.objects.count()
    answer = send(at(cast.agent), title=" ", department=cast.it.pk, **new_client())
    assert answer.status_code == 422
    assert Person.objects.count() == before


def test_who_may_not_add_clients_is_told_beside_the_field(cast: Cast, at: At) -> None:
    cast.agent.may_edit_clients = False
    cast.agent.save()
    answer = send(at(cast.agent), department=cast.it.pk, **new_client())
    assert answer.status_code == 422
    assert "You may not do this." in answer.content.decode()
    assert not Ticket.objects.exists()
    assert 'data-create="New client"' not in at(cast.agent).get("/tickets/new").content.decode()


def test_a_wrong_mail_is_told_and_everything_kept(cast: Cast, at: At) -> None:
    answer = send(at(cast.agent), department=cast.it.pk, people=[cast.agent_b.pk], text="kept text",
                  priority="3", deadline="2031-05-06T10:30",
                  **new_client(client_email="no mail", client_room="kept room"))  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count('aria-invalid="true"') == 1
    for kept in ("Nora New", "no mail", "kept room", "kept text", "Boris Agent",
                 'value="2031-05-06T10:30"', 'value="3" checked', "The printer hums"):  # fmt: skip
        assert kept in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"title": ""}, "Write in a few words what it is about."),
     ({"title": "x" * 300}, "Too long"), ({"text": "x" * 200_001}, "Too long"),
     ({"department": ""}, "Choose a department or a person."),
     ({"deadline": "2001-05-06T10:30"}, "This moment has already passed."),
     ({"deadline": "soon"}, "Give a date and a time."),
     ({"deadline": "99999-01-01T00:00"}, "Give a date and a time."),
     ({"whose": "other"}, "Choose who asks, or add a new client.")],
)  # fmt: skip
def test_what_is_wrong_is_told_beside_its_field(
    cast: Cast, at: At, wrong: dict[str, str], words: str
) -> None:
    answer = send(at(cast.agent), **({"department": cast.it.pk} | wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Ticket.objects.exists()


def test_forged_ids_are_refused(cast: Cast, at: At) -> None:
    closed = type(cast.it).objects.create(name="Closed", is_active=False)
    cast.agent_b.is_active = False
    cast.agent_b.save()
    browser = at(cast.agent)
    for wrong in (
        {"department": closed.pk}, {"department": 99999}, {"department": "9" * 30},
        {"people": [cast.agent_b.pk]}, {"people": [cast.client.pk]}, {"people": ["x"]},
        {"people": [1] * 60}, {"whose": "other", "requester": 99999},
        {"whose": "other", "requester": cast.agent_b.pk}, {"priority": 9}, {"acceptance": "me"},
        {"topic": 99999}, {"client_organisation": 99999},
    ):  # fmt: skip
        sent = {"department": cast.it.pk, "key": ""} | wrong
        assert send(browser, **sent).status_code == 422, wrong
    assert not Ticket.objects.exists()


def test_the_topic_says_the_department_and_the_acceptance(cast: Cast, at: At) -> None:
    topic = Topic.objects.create(name="Servers", department=cast.it, acceptance=Acceptance.HEAD)
    send(at(cast.client), topic=topic.pk)
    ticket = Ticket.objects.get()
    assert (ticket.department, ticket.acceptance) == (cast.it, Acceptance.HEAD)
    page = at(cast.agent).get("/tickets/new").content.decode()
    given = re.search(r'id="topic-defaults">(.*?)</script>', page)
    assert given
    told = json.loads(given.group(1))[str(topic.pk)]
    assert (told["acceptance"], told["department"]) == ("head", cast.it.pk)


def test_the_topic_says_to_whom_and_how_urgent(cast: Cast, at: At) -> None:
    topic = Topic.objects.create(name="Servers", department=cast.it, priority=3)
    topic.performers.set([cast.agent, cast.agent_b])
    send(at(cast.client), topic=topic.pk)
    ticket = Ticket.objects.get()
    assert ticket.priority == 3
    meant = ticket.participants.filter(is_addressee=True)
    assert {row.person for row in meant} == {cast.agent, cast.agent_b}


def test_a_hidden_department_takes_tickets_of_its_own_people_and_by_topics(
    cast: Cast, at: At
) -> None:
    Department.objects.filter(pk=cast.it.pk).update(is_hidden=True)
    topic = Topic.objects.create(name="Servers", department=cast.it)
    for person in (cast.client, cast.agent2):
        page = at(person).get("/tickets/new").content.decode()
        assert "IT</option>" not in page
        answer = send(at(person), department=cast.it.pk, key="")
        assert answer.status_code == 422
    assert send(at(cast.client), topic=topic.pk, key="a").status_code == 303
    assert send(at(cast.agent), department=cast.it.pk, key="b").status_code == 303
    assert Ticket.objects.filter(department=cast.it).count() == 2


def test_a_topic_for_staff_is_not_offered_to_clients(cast: Cast, at: At) -> None:
    topic = Topic.objects.create(name="Racks", department=cast.it, is_hidden=True)
    assert "Racks" not in at(cast.client).get("/tickets/new").content.decode()
    assert "Racks" in at(cast.agent).get("/tickets/new").content.decode()
    assert send(at(cast.client), topic=topic.pk).status_code == 422


def test_the_same_form_twice_makes_one_ticket_and_one_client(cast: Cast, at: At) -> None:
    for _press in range(2):
        answer = send(at(cast.agent), department=cast.it.pk, **new_client())
        assert answer.headers["Location"] == f"/tickets/{Ticket.objects.get().pk}"
    assert Person.objects.filter(name="Nora New").count() == 1
    answer = send(at(cast.agent), department=cast.it.pk, title="Another one")
    assert answer.status_code == 409
    assert "Another one" in answer.content.decode()


def test_the_address_can_fill_the_form_in(cast: Cast, at: At) -> None:
    page = at(cast.agent).get(
        f"/tickets/new?title=%3Cscript%3E&department={cast.it.pk}&requester={cast.client.pk}"
    )
    text = page.content.decode()
    assert 'value="&lt;script&gt;"' in text
    assert f'<option value="{cast.it.pk}" selected>' in text
    assert "Clara Client" in text
    for rubbish in ("department=x", "topic=%00", "requester=" + "9" * 50, "title=" + "x" * 5000):
        assert at(cast.agent).get(f"/tickets/new?{rubbish}").status_code == 200
