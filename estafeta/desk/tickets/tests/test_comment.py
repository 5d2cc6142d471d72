"""A comment on its ticket's page: menu, answers, signs, readers, what it said before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from estafeta.desk.tickets.tests.conftest import At
from estafeta.lib import clock
from estafeta.tickets import actions
from estafeta.tickets.conversation import reactions
from estafeta.tickets.models import Comment, Ticket
from tests.cast import Cast
from tests.orders import order, taken

FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return taken(cast, requester=cast.client)


@pytest.fixture
def reply(ticket: Ticket, cast: Cast) -> Comment:
    comment = actions.reply(ticket, by=cast.agent, text="Буду в **полдень**").comment
    assert comment is not None
    return comment


@pytest.fixture
def note(ticket: Ticket, cast: Cast) -> Comment:
    comment = actions.note(ticket, by=cast.agent, text="Secret disk").comment
    assert comment is not None
    return comment


def at_comment(comment: Comment, part: str = "") -> str:
    return f"/tickets/{comment.ticket_id}/comments/{comment.pk}{part}"


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


PARTS = ("", "/readers", "/earlier", "/quote")


def test_a_note_and_all_about_it_is_nothing_to_clients(
    ticket: Ticket, note: Comment, cast: Cast, at: At
) -> None:
    actions.edit_comment(ticket, by=cast.agent, comment=note.pk, text="Still secret")
    for part in PARTS:
        assert at(cast.agent).get(at_comment(note, part)).status_code == 200
        assert at(cast.client).get(at_comment(note, part)).status_code == 404
    assert at(cast.client).post(at_comment(note, "/react?sign=thanks")).status_code == 404
    for part in ("", "?show=journal", "/print"):
        page = text_of(at(cast.client).get(f"/tickets/{ticket.pk}{part}"))
        assert "ecret" not in page
        assert "changes a comment" not in page


def test_a_comment_is_found_under_its_own_ticket_only(reply: Comment, cast: Cast, at: At) -> None:
    other = order(cast)
    for number in (other.pk, 10**12):
        for part in PARTS:
            url = f"/tickets/{number}/comments/{reply.pk}{part}"
            assert at(cast.director).get(url).status_code == 404
    for wrong in ("99999999999999999999", "0"):
        url = f"/tickets/{reply.ticket_id}/comments/{wrong}"
        assert at(cast.director).get(url).status_code == 404


def test_the_menu_offers_what_this_person_can_do(
    reply: Comment, note: Comment, cast: Cast, at: At
) -> None:
    def menu(who: Any, comment: Comment) -> str:
        return text_of(at(who).get(at_comment(comment), headers=FRAGMENT))

    own, others = menu(cast.agent, reply), menu(cast.client, reply)
    assert "<html" not in own
    assert "edit_comment?comment=" in own
    assert "edit_comment" not in others
    assert "Answer this comment" in others
    assert 'data-answer-kind="note"' in menu(cast.agent_b, note)
    with clock.standing_at(clock.now() + timedelta(minutes=16)):
        assert "edit_comment" not in menu(cast.agent, reply)
    whole = text_of(at(cast.client).get(at_comment(reply)))
    assert "<html" in whole
    assert "<strong>полдень</strong>" in whole


def test_editing_asks_with_the_present_text_and_shows_the_new_one(
    ticket: Ticket, reply: Comment, cast: Cast, at: At
) -> None:
    browser, url = at(cast.agent), f"/tickets/{ticket.pk}/edit_comment"
    dialog = text_of(browser.get(f"{url}?comment={reply.pk}", headers=FRAGMENT))
    assert "Буду в **полдень**" in dialog
    sent = {"comment": reply.pk, "text": "Буду в час", "seen": ticket.journal_length}
    assert browser.post(url, sent, headers=FRAGMENT).status_code == 204
    page = text_of(browser.get(f"/tickets/{ticket.pk}"))
    assert "Буду в час" in page
    assert "changed " in page
    assert "What it said before" in page
    assert "**полдень**" in text_of(browser.get(at_comment(reply, "/earlier"), headers=FRAGMENT))
    clients = text_of(at(cast.client).get(f"/tickets/{ticket.pk}"))
    assert "Буду в час" in clients
    assert "What it said before" not in clients
    assert at(cast.client).get(at_comment(reply, "/earlier")).status_code == 404


def test_what_is_typed_over_a_comment_comes_back_with_the_reason(
    ticket: Ticket, reply: Comment, cast: Cast, at: At
) -> None:
    browser, url = at(cast.agent), f"/tickets/{ticket.pk}/edit_comment"
    with clock.standing_at(clock.now() + timedelta(minutes=16)):
        asked = browser.get(f"{url}?comment={reply.pk}")
        assert asked.status_code == 409
        assert "for 15 minutes after it was written" in text_of(asked)
        sent = browser.post(url, {"comment": reply.pk, "text": "Long words"}, headers=FRAGMENT)
    assert sent.status_code == 422
    assert "Long words" in text_of(sent)
    assert "for 15 minutes after it was written" in text_of(sent)
    for comment in ("", "x", "0", "9" * 30, str(reply.pk + 999)):
        answer = browser.get(url, {"comment": comment})
        assert answer.status_code == 409
        answer = browser.post(url, {"comment": comment, "text": "y"})
        assert answer.status_code == 422


def test_a_deleted_comment_leaves_its_place_and_not_its_words(
    ticket: Ticket, reply: Comment, cast: Cast, at: At
) -> None:
    url = f"/tickets/{ticket.pk}/delete_comment"
    asked = text_of(at(cast.agent).get(f"{url}?comment={reply.pk}", headers=FRAGMENT))
    assert "everybody sees that something was deleted here" in asked
    done = at(cast.agent).post(url, {"comment": reply.pk}, headers=FRAGMENT)
    assert done.status_code == 204
    for part in ("", "?show=conversation", "/print"):
        page = text_of(at(cast.client).get(f"/tickets/{ticket.pk}{part}"))
        assert "This comment was deleted." in page
        assert "полдень" not in page
    assert "полдень" in text_of(at(cast.agent_b).get(at_comment(reply, "/earlier")))
    menu = text_of(at(cast.agent).get(at_comment(reply), headers=FRAGMENT))
    assert "data-answer" not in menu
    assert "edit_comment" not in menu


def test_an_answer_shows_what_it_answers(
    ticket: Ticket, reply: Comment, note: Comment, cast: Cast, at: At
) -> None:
    url = f"/tickets/{ticket.pk}/reply"
    sent = at(cast.client).post(url, {"text": "Хорошо", "answers": reply.pk}, headers=FRAGMENT)
    assert sent.status_code == 200
    page = text_of(at(cast.client).get(f"/tickets/{ticket.pk}"))
    assert 'class="bubble-answers" href="#entry-3"' in page
    assert "Буду в полдень" in page
    refused = at(cast.agent).post(url, {"text": "Ой", "answers": note.pk}, headers=FRAGMENT)
    assert refused.status_code == 422
    assert "does not see the note" in text_of(refused)
    assert "Ой" in text_of(refused)
    ready = text_of(at(cast.agent).get(f"/tickets/{ticket.pk}?write=note&answers={note.pk}"))
    assert f'name="answers" value="{note.pk}"' in ready
    hidden = text_of(at(cast.client).get(f"/tickets/{ticket.pk}?answers={note.pk}"))
    assert f'name="answers" value="{note.pk}"' not in hidden


def test_a_sign_is_given_with_one_tap(reply: Comment, cast: Cast, at: At) -> None:
    url = at_comment(reply, "/react?sign=thanks")
    given = text_of(at(cast.client).post(url, headers=FRAGMENT))
    assert 'aria-pressed="true"' in given
    assert f'id="signs-{reply.pk}"' in given
    page = text_of(at(cast.agent).get(f"/tickets/{reply.ticket_id}"))
    assert "Thank you: Clara Client" in page
    again = text_of(at(cast.client).post(url, headers=FRAGMENT))
    assert "<button" not in again
    plain = at(cast.client).post(at_comment(reply, "/react"), {"sign": "done"})
    assert plain.headers["Location"].endswith("#entry-3")
    wrong = at(cast.client).post(at_comment(reply, "/react?sign=x"), headers=FRAGMENT)
    assert wrong.status_code == 409
    assert "no such sign" in wrong.headers["HX-Trigger"]


def test_who_has_seen_it_is_told_when_asked(reply: Comment, cast: Cast, at: At) -> None:
    assert "Nobody yet" in text_of(at(cast.agent).get(at_comment(reply, "/readers")))
    at(cast.client).get(f"/tickets/{reply.ticket_id}")
    seen = text_of(at(cast.agent).get(at_comment(reply, "/readers"), headers=FRAGMENT))
    assert "Clara Client" in seen
    assert "<html" not in seen


def test_a_quotation_is_markdown(reply: Comment, cast: Cast, at: At) -> None:
    quoted = at(cast.client).get(at_comment(reply, "/quote")).json()["text"]
    assert quoted == "> **Anna Agent**:\n> Буду в **полдень**"


def test_answers_and_signs_cost_one_query_each_however_many(
    ticket: Ticket, cast: Cast, at: At
) -> None:
    browser = at(cast.agent)

    def cost() -> int:
        browser.get(f"/tickets/{ticket.pk}")
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/tickets/{ticket.pk}")
        return len(queries)

    def talk() -> None:
        said = actions.reply(ticket, by=cast.client, text="Вопрос").comment
        assert said is not None
        actions.reply(ticket, by=cast.agent, text="Ответ", answers=said.pk)
        reactions.react(ticket, said.pk, "thanks", by=cast.agent)

    actions.reply(ticket, by=cast.client, text="Начало")
    before = cost()
    talk()
    assert cost() == before + 2
    for _time in range(5):
        talk()
    assert cost() == before + 2


def test_the_box_says_who_will_read_it(ticket: Ticket, cast: Cast, at: At) -> None:
    page = text_of(at(cast.agent).get(f"/tickets/{ticket.pk}"))
    assert "Clara Client will read this" in page
    assert "Clara Client does not see it" in page
    assert "is a client and will read this reply. Send it?" in page
    inside = text_of(at(cast.agent).get(f"/tickets/{taken(cast).pk}"))
    assert "Dora Director will read this" in inside
    assert "is a client and" not in inside
    clients = text_of(at(cast.client).get(f"/tickets/{ticket.pk}"))
    assert "composer-readers" not in clients
    assert "data-templates" not in clients
    assert "Save note" not in clients.split('id="composer"')[0]
