"""What a pop-up carries to the browser."""

from __future__ import annotations

import json

import pytest

from estafeta.accounts.errors import Invalid
from estafeta.notifications import fan_out, popups, seen
from estafeta.notifications.models import MessageTemplate
from estafeta.notifications.wording import applying, saving
from estafeta.tickets import actions
from tests.cast import Cast
from tests.orders import order


def test_a_popup_tells_whether_it_was_read_meanwhile(cast: Cast) -> None:
    read, fresh = order(cast), order(cast)
    while fan_out.run_once():
        pass
    seen.mark_ticket_seen(cast.agent, read)
    cards, _reached = popups.between(0, popups.newest(), [cast.agent.pk], most=50)
    told = {card["ticket"]: card["seen"] for card in (json.loads(one.data) for one in cards)}
    assert told == {read.pk: True, fresh.pk: False}


def test_a_popup_says_you_only_to_whoever_is_mentioned(cast: Cast) -> None:
    ticket = order(cast)
    while fan_out.run_once():
        pass
    before = popups.newest()
    actions.note(ticket, by=cast.director, text="@anna, look at it")
    while fan_out.run_once():
        pass
    people = [cast.head.pk, cast.agent.pk]
    cards, _reached = popups.between(before, popups.newest(), people, most=50)
    said = {one.person: json.loads(one.data)["text"] for one in cards}
    assert "mentions you in a note" in said[cast.agent.pk]
    assert "writes a note and mentions: Anna Agent" in said[cast.head.pk]


def test_a_popup_says_it_in_the_words_of_administrators(cast: Cast) -> None:
    words = "{{ recipient }}: {{ actor }}, {{ department }}"
    saving.save("offered", "en", "popup", by=cast.admin, subject="New {{ label }}", body=words)
    ticket = order(cast, by=cast.director)
    while fan_out.run_once():
        pass
    people = [cast.head.pk, cast.agent.pk]
    cards, _reached = popups.between(0, popups.newest(), people, most=50)
    said = {one.person: json.loads(one.data) for one in cards}
    assert said[cast.agent.pk]["title"] == f"New #{ticket.pk}"
    assert said[cast.agent.pk]["text"] == "Anna Agent: Dora Director, IT"
    assert said[cast.head.pk]["text"].startswith("Hugo Head: ")
    assert said[cast.head.pk]["url"] == f"/tickets/{ticket.pk}"


def test_words_that_fail_leave_the_popup_as_it_is_shipped(cast: Cast) -> None:
    saving.save("offered", "en", "popup", by=cast.admin, subject="", body="{{ actor }}")
    MessageTemplate.objects.update(body="{{ actor | nope }}")
    applying.forget()
    order(cast, by=cast.director)
    while fan_out.run_once():
        pass
    [card], _reached = popups.between(0, popups.newest(), [cast.agent.pk], most=50)
    assert "opens the ticket" in json.loads(card.data)["text"]


def test_a_popup_has_no_words_for_what_never_pops_up(cast: Cast) -> None:
    for event in ("announced", "notice.code", "talked"):
        with pytest.raises(Invalid):
            saving.save(event, "en", "popup", by=cast.admin, subject="", body="x")
