"""The story: merged, filtered, in stretches of a hundred."""

from __future__ import annotations

from typing import Any

import pytest

from estafeta.desk.tickets import story
from estafeta.desk.tickets.tests.conftest import At
from estafeta.tickets import actions
from estafeta.tickets.models import Ticket
from tests.cast import Cast
from tests.orders import taken

LIVE = {"HX-Request": "true"}


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """open, take, note, reply, set_priority."""
    ticket = taken(cast, text="The text")
    actions.note(ticket, by=cast.agent, text="A note")
    actions.reply(ticket, by=cast.agent, text="A reply")
    actions.set_priority(ticket, by=cast.agent, priority=4, reason="The boss waits")
    return ticket


def kinds(ticket: Ticket, reader: Any, show: story.Show, **more: int) -> list[str]:
    return [item.kind for item in story.read(ticket, reader, show=show, **more).items]


def test_text_comments_and_journal_stand_in_the_order_in_which_they_happened(
    ticket: Ticket, cast: Cast
) -> None:
    assert kinds(ticket, cast.agent, story.Show.ALL) == [
        "text", "entry", "entry", "note", "reply", "entry",
    ]  # fmt: skip
    assert kinds(ticket, cast.agent, story.Show.CONVERSATION) == ["text", "note", "reply"]
    assert kinds(ticket, cast.agent, story.Show.JOURNAL) == ["entry"] * 5


def test_an_unknown_filter_shows_everything(ticket: Ticket, cast: Cast, at: At) -> None:
    for show in ("", "rubbish", "%00", "x" * 5000):
        assert at(cast.agent).get(f"/tickets/{ticket.pk}?show={show}").status_code == 200
    for value in ("-1", "x", "9" * 30, "1.5", "%00"):
        url = f"/tickets/{ticket.pk}/story?since={value}&before={value}"
        assert at(cast.agent).get(url, headers=LIVE).status_code == 200


def test_long_stories_come_in_stretches_without_gap_or_double(cast: Cast, at: At) -> None:
    ticket = taken(cast)
    for number in range(80):
        actions.note(ticket, by=cast.agent, text=f"note-{number:03}")
    newest = story.read(ticket, cast.agent, show=story.Show.ALL)
    assert newest.earlier
    earlier = story.read(ticket, cast.agent, show=story.Show.ALL, before=newest.since)
    assert not earlier.earlier
    seqs = [item.seq for item in (*earlier.items, *newest.items)]
    assert seqs == list(range(1, 83))
    page = at(cast.agent).get(f"/tickets/{ticket.pk}").content.decode()
    assert "note-079" in page
    assert "note-010" not in page
    assert f"before={newest.since}" in page
    url = f"/tickets/{ticket.pk}/story?before={newest.since}"
    assert "note-010" in at(cast.agent).get(url, headers=LIVE).content.decode()
    actions.note(ticket, by=cast.agent, text="while the page was open")
    url = f"/tickets/{ticket.pk}/story?since={newest.since}"
    live = at(cast.agent).get(url, headers=LIVE).content.decode()
    assert "note-029" not in live
    assert "note-030" in live
    assert "while the page was open" in live


def test_the_live_answer_brings_the_parts_around_the_story_too(
    ticket: Ticket, cast: Cast, at: At
) -> None:
    answer = at(cast.agent).get(f"/tickets/{ticket.pk}/story?since=1", headers=LIVE)
    body = answer.content.decode()
    assert body.count('hx-swap-oob="morph"') == 3
    for part in ("ticket-top", "ticket-tabs", "ticket-side", "story-live"):
        assert f'id="{part}"' in body
    assert "<html" not in body
    assert 'id="composer"' not in body


def test_an_edit_keeps_its_old_values_in_sight(ticket: Ticket, cast: Cast, at: At) -> None:
    actions.edit(ticket, by=cast.director, title="A better title", text="Other words")
    page = at(cast.agent).get(f"/tickets/{ticket.pk}").content.decode()
    assert "Before: title" in page
    assert "Сервер 1С не отвечает" in page
    assert "The text" in page
