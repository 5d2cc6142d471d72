"""What performers and those who asked see of each other on the pages of a ticket."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from estafeta.accounts.models import Site
from estafeta.accounts.models.department import HandOverMode
from estafeta.desk.tickets.tests.conftest import At
from estafeta.lib import clock
from estafeta.tickets import actions
from estafeta.tickets.models import Acceptance, Ticket
from tests.cast import Cast, member, person
from tests.orders import done, order, taken

HTMX = {"HX-Request": "true"}


def shared(cast: Cast) -> Ticket:
    people = [cast.agent, cast.agent_b]
    ticket = order(cast, people=people, separate=True, department=cast.it)
    actions.take(ticket, by=cast.agent)
    return ticket


def test_the_buttons_say_that_it_is_my_part(cast: Cast, at: At) -> None:
    ticket = shared(cast)
    page = at(cast.agent).get(f"/tickets/{ticket.pk}").content.decode()
    assert "Complete my part" in page
    actions.complete(ticket, by=cast.agent)
    page = at(cast.agent).get(f"/tickets/{ticket.pk}").content.decode()
    assert "Complete" not in page.split('class="ticket-verbs"')[1].split("</header>")[0][:2000]
    page = at(cast.agent_b).get(f"/tickets/{ticket.pk}").content.decode()
    assert "Begin my part" in page
    dialog = at(cast.agent_b).get(f"/tickets/{ticket.pk}/complete", headers=HTMX).content.decode()
    assert "Yours is the last part" in dialog
    dialog = at(cast.head).get(f"/tickets/{ticket.pk}/complete", headers=HTMX).content.decode()
    assert "1 performer has not finished. The ticket is then completed for all." in dialog


def test_the_roll_call_costs_the_same_for_many(cast: Cast, at: At) -> None:
    browser = at(cast.head)

    def cost(ticket: Ticket, address: str) -> int:
        browser.get(f"/tickets/{ticket.pk}{address}")
        with CaptureQueriesContext(
            connection,
        ) as told:
            assert browser.get(f"/tickets/{ticket.pk}{address}").status_code == 200
        return len(told)

    few = shared(cast)
    many = [member(person(f"p{n}", f"Person {n}"), cast.it) for n in range(20)]
    crowd = order(cast, people=many, separate=True, department=cast.it)
    assert cost(few, "/roll-call") == cost(crowd, "/roll-call")
    assert cost(crowd, "") - cost(few, "") <= 2, "two counts where not all are shown"


def test_everybody_on_the_ticket_sees_the_roll_call_and_only_askers_remind(
    cast: Cast, at: At
) -> None:
    ticket = shared(cast)
    page = at(cast.head).get(f"/tickets/{ticket.pk}/roll-call").content.decode()
    assert "0 of 2 have finished." in page
    assert "Remind the missing" in page
    assert at(cast.network_agent).get(f"/tickets/{ticket.pk}/roll-call").status_code == 404


def test_one_tap_answers_a_proposed_deadline(cast: Cast, at: At) -> None:
    ticket = taken(cast, requester=cast.client, deadline=clock.now() + timedelta(days=2))
    new = clock.now() + timedelta(days=9)
    actions.propose_deadline(ticket, by=cast.agent, deadline=new, reason="A fuse by post")
    page = at(cast.agent).get(f"/tickets/{ticket.pk}").content.decode()
    assert "Whoever asked has to answer." in page
    assert 'name="agree"' not in page
    page = at(cast.client).get(f"/tickets/{ticket.pk}").content.decode()
    assert "A fuse by post" in page
    assert '<button type="submit" class="button button-primary button-small" name="agree"' in page
    address = f"/tickets/{ticket.pk}/answer_deadline"
    answer = at(cast.client).post(address, {"agree": "yes", "seen": ticket.journal_length})
    assert answer.status_code == 303
    page = at(cast.client).get(f"/tickets/{ticket.pk}").content.decode()
    assert "shifted 1 time" in page
    story = at(cast.client).get(f"/tickets/{ticket.pk}/deadlines").content.decode()
    assert "proposes another deadline" in story
    assert "agrees to the deadline" in story


def test_an_offered_ticket_says_from_whom_and_until_when(cast: Cast, at: At) -> None:
    cast.accounting.hand_over_mode = HandOverMode.ACCEPT
    cast.accounting.save()
    ticket = taken(cast)
    actions.hand_over(ticket, by=cast.agent, department=cast.accounting, reason="Yours")
    page = at(cast.agent2).get(f"/tickets/{ticket.pk}").content.decode()
    assert "Accounting has to accept or decline this ticket." in page
    assert "From: Anna Agent, IT" in page
    assert "/accept_hand_over" in page
    page = at(cast.agent).get(f"/tickets/{ticket.pk}").content.decode()
    assert "/accept_hand_over" not in page


def test_a_result_says_when_silence_accepts_it(cast: Cast, at: At) -> None:
    ticket = done(cast, acceptance=Acceptance.AUTHOR)
    page = at(cast.director).get(f"/tickets/{ticket.pk}").content.decode()
    assert "it is accepted by itself" not in page
    Site.objects.update(silence_days=3)
    Site.forget()
    page = at(cast.director).get(f"/tickets/{ticket.pk}").content.decode()
    assert "it is accepted by itself" in page


def test_how_often_it_was_returned_is_said_before_it_is_again(cast: Cast, at: At) -> None:
    ticket = done(cast, acceptance=Acceptance.AUTHOR)
    actions.return_to_work(ticket, by=cast.director, reason="hums")
    actions.complete(ticket, by=cast.agent)
    dialog = at(cast.director).get(f"/tickets/{ticket.pk}/return_to_work", headers=HTMX)
    assert "It was returned 1 time before." in dialog.content.decode()


@pytest.mark.parametrize("verb", ["assign", "hand_over"])
def test_suggested_people_come_with_a_reason(cast: Cast, at: At, verb: str) -> None:
    ticket = order(cast)
    dialog = at(cast.head).get(f"/tickets/{ticket.pk}/{verb}", headers=HTMX).content.decode()
    assert f'data-value="{cast.agent.pk}"' in dialog
    assert "has least to do: 0 tickets at work" in dialog


def test_suggestions_follow_the_department_that_is_chosen(cast: Cast, at: At) -> None:
    ticket = order(cast, requester=cast.client)
    address = f"/tickets/{ticket.pk}/suggested?department={cast.accounting.pk}"
    [found] = at(cast.head).get(address).json()["results"]
    assert (found["value"], found["label"]) == (cast.agent2.pk, "Vera Accounting")
    assert at(cast.client).get(address).status_code == 403
    assert at(cast.agent2).get(address).status_code == 404


def test_evidence_is_asked_for_in_the_dialog_and_beside_its_field(cast: Cast, at: At) -> None:
    ticket = taken(cast, evidence=["number", "photo"])
    address = f"/tickets/{ticket.pk}/complete"
    dialog = at(cast.agent).get(address, headers=HTMX).content.decode()
    assert "This ticket asks for a photo." in dialog
    answer = at(cast.agent).post(address, {"reason": "Done", "number": ""}, headers=HTMX)
    assert answer.status_code == 422
    assert "Give the number: this ticket asks for it." in answer.content.decode()
    plain = at(cast.agent).get(f"/tickets/{taken(cast).pk}/complete", headers=HTMX)
    assert 'name="number"' not in plain.content.decode()


def test_a_new_ticket_takes_evidence_and_separate_parts(cast: Cast, at: At) -> None:
    sent = {
        "title": "Drill", "whose": "me", "department": cast.it.pk, "evidence": ["number"],
        "people": [cast.agent.pk, cast.agent_b.pk], "separate": "on",
    }  # fmt: skip
    assert at(cast.head).post("/tickets/new", sent).status_code == 303
    ticket = Ticket.objects.latest("pk")
    assert (ticket.is_separate, ticket.evidence) == (True, ["number"])
