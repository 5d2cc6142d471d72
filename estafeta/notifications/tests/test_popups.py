"""What a pop-up carries to the browser."""

from __future__ import annotations

import json

from estafeta.notifications import fan_out, popups, seen
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
