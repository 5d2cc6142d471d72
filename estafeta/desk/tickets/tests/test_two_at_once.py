"""Two people act at once; one person presses twice: nothing is lost and nothing happens twice."""

from __future__ import annotations

import re

import pytest

from estafeta.desk.tickets.tests.conftest import At
from estafeta.tickets import actions
from estafeta.tickets.models import Comment, Entry, Ticket
from estafeta.tickets.statuses import Status
from tests.cast import Cast
from tests.orders import order, taken

HTMX = {"HX-Request": "true"}


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_second_is_told_what_happened_and_can_go_on(
    cast: Cast, at: At, headers: dict[str, str]
) -> None:
    ticket = taken(cast)
    browser, address = at(cast.head), f"/tickets/{ticket.pk}/hand_over"
    form = browser.get(address, headers=headers).content.decode()
    sent = {"seen": hidden(form, "seen"), "key": hidden(form, "key"),
            "people": [cast.agent_b.pk], "reason": "long and thoughtful words"}  # fmt: skip
    actions.wait(ticket, by=cast.agent, wait_for="part", reason="a fuse is on its way")
    answer = browser.post(address, sent, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Anna Agent", "puts the ticket on hold", "a fuse is on its way",
                  "long and thoughtful words", "Boris Agent", "Do it anyway"):  # fmt: skip
        assert words in page
    if headers:
        assert answer.headers["HX-Retarget"] == "#dialog"
    again = {**sent, "seen": hidden(page, "seen"), "key": hidden(page, "key")}
    assert browser.post(address, again, headers=headers).status_code in (204, 303)
    assert Ticket.objects.get(pk=ticket.pk).performer == cast.agent_b


def test_pressing_take_in_an_old_list_opens_the_question(cast: Cast, at: At) -> None:
    ticket = order(cast)
    actions.take(ticket, by=cast.agent_b)
    answer = at(cast.agent).post(
        f"/tickets/{ticket.pk}/take?seen=1", headers={**HTMX, "HX-Target": f"row-{ticket.pk}"}
    )
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#dialog"
    assert "Boris Agent" in answer.content.decode()


def test_talk_does_not_stand_in_the_way(cast: Cast, at: At) -> None:
    ticket = taken(cast)
    actions.reply(ticket, by=cast.director, text="How is it going?")
    sent = {"seen": str(ticket.journal_length - 1), "reason": "done"}
    assert at(cast.agent).post(f"/tickets/{ticket.pk}/complete", sent).status_code == 303


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_same_form_twice_acts_once(cast: Cast, at: At, headers: dict[str, str]) -> None:
    ticket = taken(cast)
    browser = at(cast.agent)
    for verb, sent in (("reply", {"text": "Coming"}), ("release", {"reason": "ill"})):
        for _press in range(3):
            answer = browser.post(
                f"/tickets/{ticket.pk}/{verb}", {**sent, "key": f"k-{verb}"}, headers=headers
            )
            assert answer.status_code in (200, 204, 303)
    assert Comment.objects.count() == 1
    assert list(Entry.objects.values_list("verb", flat=True)) == [
        "open",
        "take",
        "reply",
        "release",
    ]


def test_pressing_take_twice_takes_once(cast: Cast, at: At) -> None:
    ticket = order(cast)
    for _press in range(2):
        answer = at(cast.agent).post(f"/tickets/{ticket.pk}/take?seen=1", headers=HTMX)
        assert answer.status_code == 204
    assert Entry.objects.filter(verb="take").count() == 1


def test_a_form_that_was_sent_and_then_changed_is_not_swallowed(cast: Cast, at: At) -> None:
    ticket = taken(cast)
    browser, address = at(cast.agent), f"/tickets/{ticket.pk}/reply"
    browser.post(address, {"text": "First", "key": "k"}, headers=HTMX)
    answer = browser.post(address, {"text": "Second, longer", "key": "k"}, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Second, longer" in page
    again = {"text": "Second, longer", "key": hidden(page, "key")}
    assert browser.post(address, again, headers=HTMX).status_code == 200
    assert Comment.objects.count() == 2


def test_the_same_key_of_another_dialog_is_told(cast: Cast, at: At) -> None:
    ticket = taken(cast)
    browser = at(cast.agent)
    browser.post(f"/tickets/{ticket.pk}/wait", {"wait_for": "part", "key": "k"})
    answer = browser.post(f"/tickets/{ticket.pk}/release", {"reason": "x", "key": "k"})
    assert answer.status_code == 409
    assert "sent already" in answer.content.decode()
    assert Ticket.objects.get(pk=ticket.pk).status == Status.WAITING


@pytest.mark.parametrize("by", ["address", "choice"])
def test_a_reply_sent_again_as_a_note_is_not_taken_for_sent(cast: Cast, at: At, by: str) -> None:
    ticket = taken(cast)
    browser, sent = at(cast.agent), {"text": "He is wrong", "key": "k"}
    browser.post(f"/tickets/{ticket.pk}/reply", {**sent, "kind": "reply"}, headers=HTMX)
    address = "reply" if by == "choice" else "note"
    answer = browser.post(f"/tickets/{ticket.pk}/{address}", {**sent, "kind": "note"}, headers=HTMX)
    assert answer.status_code == 409
    page = answer.content.decode()
    again = {"text": "He is wrong", "kind": "note", "key": hidden(page, "key")}
    browser.post(f"/tickets/{ticket.pk}/note", again, headers=HTMX)
    assert list(Comment.objects.values_list("kind", flat=True)) == ["reply", "note"]
