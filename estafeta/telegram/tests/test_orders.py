"""A message that answers nothing becomes a ticket, after it was shown as it was understood."""

from __future__ import annotations

from collections.abc import Callable

from estafeta.tickets.models import Ticket
from tests.cast import Cast
from tests.services.telegram import Phone, labels

Listen = Callable[[], None]
Linked = Callable[..., Phone]


def test_a_line_is_shown_and_opened_once_on_a_press(
    cast: Cast, listen: Listen, linked: Linked
) -> None:
    phone = linked(cast.agent)
    phone.write("@boris tomorrow 15:00 !urgent replace the <lamp> for Clara")
    listen()
    assert not Ticket.objects.exists()
    question = phone.got[-1]
    assert "replace the &lt;lamp&gt;" in question["text"] or "<lamp>" in question["text"]
    assert "Boris Agent" in question["text"]
    assert "Clara Client" in question["text"]
    assert labels(question) == ["Open it", "No"]
    phone.press(question, "Open it")
    phone.press(question, "Open it")
    listen()
    ticket = Ticket.objects.get()
    assert (ticket.title, ticket.requester) == ("replace the <lamp>", cast.client)
    assert ticket.entries.get(verb="open").via == "telegram"
    assert labels(question) == []


def test_no_opens_nothing(cast: Cast, listen: Listen, linked: Linked) -> None:
    phone = linked(cast.client)
    phone.write("@IT the lamp is broken")
    listen()
    phone.press(phone.got[-1], "No")
    listen()
    assert phone.got[-1]["text"] == "No ticket was opened."
    assert not Ticket.objects.exists()


def test_a_name_that_nobody_has_is_told(cast: Cast, listen: Listen, linked: Linked) -> None:
    phone = linked(cast.agent)
    phone.write("@nobody the lamp is broken")
    listen()
    assert "is called “@nobody”" in phone.got[-1]["text"]


def test_small_talk_is_no_order(cast: Cast, listen: Listen, linked: Linked) -> None:
    phone = linked(cast.agent)
    phone.write("thank you all")
    listen()
    assert labels(phone.got[-1]) == []
    assert "Answer to one of my messages" in phone.got[-1]["text"]
