"""Every verb through its page and its dialog."""

from __future__ import annotations

import json
from typing import Any

import pytest

from estafeta.desk.tickets.forms import FORMS
from estafeta.desk.tickets.tests.conftest import At
from estafeta.desk.tickets.tests.ways import WAYS, fields, in_review
from estafeta.tickets import actions
from estafeta.tickets.models import Comment, Ticket
from estafeta.tickets.verbs import BY_SYSTEM, Verb
from estafeta.tickets.via import Via
from tests.cast import Cast
from tests.orders import done, order, taken

HTMX = {"HX-Request": "true"}


def test_every_verb_is_tried_here_and_has_its_form() -> None:
    # What is deleted is gone from the page: see test_deleted.py.
    assert set(WAYS) == set(Verb) - {Verb.OPEN, Verb.DELETE, Verb.RESTORE} - BY_SYSTEM
    written = {Verb.OPEN, Verb.REPLY, Verb.NOTE, Verb.RESTORE}
    assert set(FORMS) == set(Verb) - written - BY_SYSTEM


@pytest.mark.parametrize("verb", WAYS)
def test_it_works_on_a_plain_page(verb: Verb, cast: Cast, at: At) -> None:
    make, role, given, came_true = WAYS[verb]
    ticket = make(cast)
    browser = at(getattr(cast, role))
    address = f"/tickets/{ticket.pk}/{verb.value}"
    if verb in FORMS:
        page = browser.get(address).content.decode()
        assert 'name="csrfmiddlewaretoken"' in page
        assert f'name="seen" value="{ticket.journal_length}"' in page
    answer = browser.post(address, fields(cast, given))
    assert answer.status_code == 303, answer.content.decode()
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert came_true(ticket, cast)
    entry = ticket.entries.last()
    assert entry is not None
    assert (entry.verb, entry.actor, entry.via) == (verb, getattr(cast, role), Via.DESK)
    landed = browser.get(answer.headers["Location"].split("#")[0], follow=True)
    assert landed.status_code == 200


@pytest.mark.parametrize("verb", WAYS)
def test_it_works_in_a_dialog(verb: Verb, cast: Cast, at: At) -> None:
    make, role, given, came_true = WAYS[verb]
    ticket = make(cast)
    browser = at(getattr(cast, role))
    address = f"/tickets/{ticket.pk}/{verb.value}"
    if verb in FORMS:
        dialog = browser.get(address, headers=HTMX).content.decode()
        assert "<html" not in dialog
        assert f'hx-post="{address}"' in dialog
    answer = browser.post(address, fields(cast, given), headers=HTMX)
    assert answer.status_code in (200, 204), answer.content.decode()
    assert came_true(Ticket.objects.get(pk=ticket.pk), cast)
    heard = json.loads(answer.headers["HX-Trigger"])
    assert heard["toast"]["text"]
    assert heard["live:ticket"]


@pytest.mark.parametrize("verb", WAYS)
def test_who_may_not_is_told_so_and_nothing_happens(verb: Verb, cast: Cast, at: At) -> None:
    make, _role, given, _came_true = WAYS[verb]
    ticket = make(cast)
    before = Ticket.objects.get(pk=ticket.pk).journal_length
    address = f"/tickets/{ticket.pk}/{verb.value}"
    assert at(cast.stranger).post(address, fields(cast, given)).status_code == 404
    assert at(cast.stranger).get(address).status_code == 404
    assert Ticket.objects.get(pk=ticket.pk).journal_length == before


def test_a_verb_that_is_not_allowed_is_a_plain_message(cast: Cast, at: At) -> None:
    ticket = taken(cast)
    page = at(cast.agent_b).post(f"/tickets/{ticket.pk}/complete", {"reason": "I typed this"})
    assert page.status_code == 403
    assert "You may not do this here: Complete." in page.content.decode()
    assert "I typed this" in page.content.decode()
    dialog = at(cast.agent_b).post(f"/tickets/{ticket.pk}/complete", {}, headers=HTMX)
    assert json.loads(dialog.headers["HX-Trigger"])["toast"]["tone"] == "error"


def test_a_verb_whose_time_is_over_says_why_and_keeps_the_words(cast: Cast, at: At) -> None:
    ticket = done(cast)
    for headers in ({}, HTMX):
        answer = at(cast.head).post(
            f"/tickets/{ticket.pk}/cancel", {"reason": "I typed this"}, headers=headers
        )
        assert answer.status_code == 409
        assert "The ticket is: Done." in answer.content.decode()
        assert "I typed this" in answer.content.decode()


@pytest.mark.parametrize(
    ("verb", "given", "words"),
    [("return_to_work", {"reason": " "}, "Say why."), ("cancel", {}, "Not possible now"),
     ("reopen", {}, "Not possible now")],
)  # fmt: skip
def test_a_missing_reason_is_told_beside_its_field(
    cast: Cast, at: At, verb: str, given: dict[str, Any], words: str
) -> None:
    ticket = in_review(cast)
    answer = at(cast.director).post(f"/tickets/{ticket.pk}/{verb}", given)
    assert answer.status_code in (409, 422)
    assert words in answer.content.decode()


def test_handing_over_shows_the_chain_and_warns_of_a_round_trip(cast: Cast, at: At) -> None:
    ticket = taken(cast)
    address = f"/tickets/{ticket.pk}/hand_over"
    page = at(cast.agent).get(address, headers=HTMX).content.decode()
    assert "Who held this ticket" in page
    assert "will be told" not in page
    actions.hand_over(ticket, by=cast.agent, people=[cast.agent_b], reason="x")
    actions.hand_over(ticket, by=cast.agent_b, people=[cast.agent], reason="y")
    page = at(cast.agent).get(address, headers=HTMX).content.decode()
    assert "will be told if it does again" in page


def test_what_was_chosen_stays_chosen_when_something_is_missing(cast: Cast, at: At) -> None:
    ticket = taken(cast)
    sent = {"people": [cast.agent_b.pk, cast.agent2.pk], "department": cast.network.pk}
    answer = at(cast.agent).post(f"/tickets/{ticket.pk}/hand_over", sent, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say why." in page
    for person in (cast.agent_b, cast.agent2):
        assert f'<input type="hidden" name="people" value="{person.pk}">' in page
    assert f'name="department" value="{cast.network.pk}"' in page
    assert 'aria-invalid="true"' in page


def test_a_row_of_a_list_gets_its_fresh_row(cast: Cast, at: At) -> None:
    ticket = order(cast)
    answer = at(cast.agent).post(
        f"/tickets/{ticket.pk}/take?seen=1", headers={**HTMX, "HX-Target": f"row-{ticket.pk}"}
    )
    assert f'id="row-{ticket.pk}"' in answer.content.decode()
    assert "Anna Agent" in answer.content.decode()
    assert "live:counters" in json.loads(answer.headers["HX-Trigger"])


def test_whoever_hands_it_out_of_his_sight_is_led_away_kindly(cast: Cast, at: At) -> None:
    ticket = order(cast)
    sent = {"department": cast.accounting.pk, "reason": "theirs"}
    address = f"/tickets/{ticket.pk}/hand_over"
    answer = at(cast.agent).post(
        address, sent, headers={**HTMX, "HX-Current-URL": f"http://testserver/tickets/{ticket.pk}"}
    )
    assert answer.headers["HX-Redirect"] == "/inbox"
    other = order(cast)
    answer = at(cast.agent).post(f"/tickets/{other.pk}/hand_over", sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/inbox")


def test_the_kind_chosen_in_the_box_counts_not_the_address(cast: Cast, at: At) -> None:
    ticket = taken(cast, by=cast.agent)
    at(cast.agent).post(f"/tickets/{ticket.pk}/reply", {"kind": "note", "text": "not for her"})
    assert Comment.objects.get().is_note
    answer = at(cast.director).post(f"/tickets/{ticket.pk}/note", {"kind": "reply", "text": "hi"})
    assert answer.status_code == 303
    assert not Comment.objects.latest("pk").is_note


def test_a_client_cannot_write_a_note(cast: Cast, at: At) -> None:
    ticket = order(cast, by=cast.client)
    answer = at(cast.client).post(f"/tickets/{ticket.pk}/note", {"text": "I typed this"})
    assert answer.status_code == 409
    assert "I typed this" in answer.content.decode()
    assert not Comment.objects.exists()


def test_an_empty_reply_is_told_in_the_box(cast: Cast, at: At) -> None:
    ticket = taken(cast)
    answer = at(cast.agent).post(f"/tickets/{ticket.pk}/reply", {"text": "  "}, headers=HTMX)
    assert answer.status_code == 422
    assert "Write something first." in answer.content.decode()
    assert 'id="composer"' in answer.content.decode()


def test_without_javascript_people_and_departments_are_lists(cast: Cast, at: At) -> None:
    ticket = taken(cast)
    address = f"/tickets/{ticket.pk}/hand_over"
    page = at(cast.agent).get(address).content.decode()
    lists = page.split("<noscript>")[1:]
    assert len(lists) == 2
    assert f'<option value="{cast.accounting.pk}">' in lists[0]
    assert f'<option value="{cast.agent_b.pk}">' in lists[1]
    assert "Clara Client" not in page
    assert "<noscript>" not in at(cast.agent).get(address, headers=HTMX).content.decode()


def test_a_client_edits_or_cancels_his_request_and_works_on_nothing(cast: Cast, at: At) -> None:
    ticket = order(cast, by=cast.client)
    page = at(cast.client).get(f"/tickets/{ticket.pk}").content.decode()
    beside = page.split('class="ticket-verbs"')[1].split('popover role="menu"')[0]
    assert [verb in beside for verb in ("/edit", "/cancel", "/take", "/hand_over")] == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize("verb", ["hand_over", "assign"])
@pytest.mark.parametrize("sent", [{"people": ["x"]}, {"people": [], "reason": "my words"}])
def test_whoever_may_not_do_a_verb_is_shown_no_names_of_staff(
    at: At, cast: Cast, verb: str, sent: dict[str, Any]
) -> None:
    ticket = order(cast, by=cast.client)
    page = at(cast.client).post(f"/tickets/{ticket.pk}/{verb}", sent)
    assert page.status_code == 403
    assert cast.agent_b.name not in page.content.decode()
    assert cast.network.name not in page.content.decode()
    assert sent.get("reason", "") in page.content.decode()


def test_a_key_used_before_opens_no_form_to_whoever_may_not(at: At, cast: Cast) -> None:
    ticket = order(cast, by=cast.client)
    at(cast.client).post(f"/tickets/{ticket.pk}/reply", {"text": "Hello", "key": "same"})
    page = at(cast.client).post(
        f"/tickets/{ticket.pk}/hand_over", {"department": cast.it.pk, "reason": "x", "key": "same"}
    )
    assert page.status_code == 403
    assert cast.agent_b.name not in page.content.decode()
