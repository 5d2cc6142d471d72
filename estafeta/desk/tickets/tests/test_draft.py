"""What is begun under a ticket is offered on another device, to its writer alone."""

from __future__ import annotations

import json
from typing import Any

from estafeta.desk.tickets.tests.conftest import At
from estafeta.tickets.conversation import answer_templates
from estafeta.tickets.conversation.answer_templates import OWN
from estafeta.tickets.models import Draft
from tests.cast import Cast
from tests.naughty import MEGABYTE
from tests.orders import order, taken

FRAGMENT = {"HX-Request": "true"}
HAS_DRAFT = 'data-has-draft="yes"'


def page(browser: Any, number: int) -> str:
    return str(browser.get(f"/tickets/{number}").content.decode())


def test_a_draft_is_offered_on_the_next_device_until_it_is_sent(cast: Cast, at: At) -> None:
    ticket = taken(cast)
    desk, phone = at(cast.agent), at(cast.agent)
    url = f"/tickets/{ticket.pk}/draft"
    assert HAS_DRAFT not in page(desk, ticket.pk)
    assert desk.get(url).status_code == 204
    assert desk.post(url, {"text": "Начал", "kind": "note"}).status_code == 204
    assert HAS_DRAFT in page(phone, ticket.pk)
    kept = phone.get(url).json()
    assert (kept["text"], kept["kind"]) == ("Начал", "note")
    for other in (cast.agent_b, cast.head):
        assert at(other).get(url).status_code == 204
        assert HAS_DRAFT not in page(at(other), ticket.pk)
    phone.post(f"/tickets/{ticket.pk}/note", {"text": "Начал и кончил"}, headers=FRAGMENT)
    assert HAS_DRAFT not in page(desk, ticket.pk)
    assert not Draft.objects.exists()


def test_a_draft_that_arrives_after_its_comment_was_sent_is_not_kept(cast: Cast, at: At) -> None:
    ticket, browser = taken(cast), at(cast.agent)
    sent = {"text": "Отправлено", "key": "one-time-key"}
    browser.post(f"/tickets/{ticket.pk}/reply", sent, headers=FRAGMENT)
    late = {"text": "Отправле", "key": "one-time-key"}
    assert browser.post(f"/tickets/{ticket.pk}/draft", late).status_code == 204
    assert not Draft.objects.exists()


def test_under_a_foreign_ticket_nothing_is_kept_and_too_much_is_refused(cast: Cast, at: At) -> None:
    ticket = order(cast)
    url = f"/tickets/{ticket.pk}/draft"
    for person in (cast.stranger, cast.agent2, cast.admin):
        assert at(person).post(url, {"text": "x"}).status_code == 404
        assert at(person).get(url).status_code == 404
    answer = at(cast.agent).post(url, {"text": MEGABYTE})
    assert answer.status_code == 422
    assert "Too long" in answer.content.decode()
    assert not Draft.objects.exists()


def test_templates_come_filled_for_the_ticket_and_for_staff_only(cast: Cast, at: At) -> None:
    answer_templates.save(
        by=cast.agent, title="Приветствие", place=OWN,
        text="Здравствуйте, {requester}! Заявка {number}.",
    )  # fmt: skip
    ticket = taken(cast, requester=cast.client)
    url = f"/tickets/{ticket.pk}/answers"
    found = json.loads(at(cast.agent).get(url, {"q": "привет"}).content)["results"]
    assert found[0]["text"] == f"Здравствуйте, Clara Client! Заявка {ticket.pk}."
    assert at(cast.agent_b).get(url).json()["results"] == []
    assert at(cast.agent).get(url, {"q": "нет такого"}).json()["results"] == []
    assert at(cast.client).get(url).status_code == 403
    assert at(cast.agent2).get(url).status_code == 404
