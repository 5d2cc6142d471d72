"""Whoever gets a new ticket reads at once how urgent it is, in chats as in letters."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from estafeta.notifications.channels.jabber import text as jabber
from estafeta.notifications.channels.telegram import writing as telegram
from estafeta.notifications.content import Content, of_entry
from estafeta.tickets import actions
from tests.cast import Cast
from tests.orders import order


@pytest.mark.parametrize("text_of", [jabber.text_of, telegram.text_of])
def test_a_new_ticket_says_how_urgent_it_is(cast: Cast, text_of: Callable[[Content], str]) -> None:
    ticket = order(cast, priority=3)
    opened = of_entry(ticket.entries.get(), to=cast.agent.pk)
    assert "Priority: High" in text_of(opened)
    later = of_entry(actions.take(ticket, by=cast.agent), to=cast.head.pk)
    assert "Priority" not in text_of(later), "it was said before"
