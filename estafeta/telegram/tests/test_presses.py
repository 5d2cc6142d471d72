"""Buttons act as the person, by the same rules as every other face."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from estafeta.accounts.models import Membership, Person
from estafeta.notifications.channels.telegram import buttons
from estafeta.notifications.models import Notification
from estafeta.telegram import receive, updates
from estafeta.telegram.tests.conftest import tell
from estafeta.tickets import actions
from estafeta.tickets.models import Entry, Ticket
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb
from tests.cast import Cast
from tests.orders import order, taken
from tests.services.telegram import Phone, Telegram, labels

Listen = Callable[[], None]
Linked = Callable[..., Phone]


def test_the_buttons_are_what_the_person_can_do_now(cast: Cast, linked: Linked) -> None:
    ticket = order(cast)
    assert labels(tell(linked(cast.agent), ticket)) == ["Take", "Reply", "Note", "Open the ticket"]
    assert labels(tell(linked(cast.director), ticket))[0] == "Take"
    actions.take(ticket, by=cast.agent)
    shown = labels(tell(linked(cast.agent), ticket))
    assert shown == ["Complete", "Release", "Reply", "Note", "Open the ticket"]
    asked = order(cast, by=cast.client)
    assert labels(tell(linked(cast.client), asked)) == ["Reply", "Open the ticket"]


def test_take_acts_as_the_person_and_the_message_shows_it(
    cast: Cast, telegram: Telegram, listen: Listen, linked: Linked
) -> None:
    ticket, phone = order(cast), linked(cast.agent)
    message = tell(phone, ticket)
    phone.press(message, "Take")
    listen()
    entry = Entry.objects.get(ticket=ticket, verb=Verb.TAKE)
    assert (entry.actor, entry.via) == (cast.agent, "telegram")
    assert telegram.answered[-1]["text"] == f"Ticket {ticket.pk} is taken."
    assert message["text"].endswith(f"Ticket {ticket.pk} is taken.")
    assert labels(message)[:2] == ["Complete", "Release"]
    assert Notification.objects.get(person=cast.agent).seen_at is not None


def test_every_verb_under_the_message_goes_through(
    cast: Cast, telegram: Telegram, listen: Listen, linked: Linked
) -> None:
    ticket, phone = order(cast, people=[cast.agent]), linked(cast.agent)
    message = tell(phone, ticket)
    for label in ("Acknowledge", "Take", "Release", "Take", "Complete"):
        phone.press(message, label)
        listen()
        assert "show_alert" not in telegram.answered[-1], telegram.answered[-1]
    ticket.refresh_from_db()
    assert ticket.status == Status.DONE
    assert labels(message) == ["Reply", "Note", "Open the ticket"]


def test_a_second_press_does_nothing_more_and_is_no_error(
    cast: Cast, telegram: Telegram, listen: Listen, linked: Linked
) -> None:
    ticket, phone = order(cast), linked(cast.agent)
    data = tell(phone, ticket)["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    for _ in range(3):
        phone.touch(phone.got[-1], data)
    listen()
    assert Entry.objects.filter(ticket=ticket, verb=Verb.TAKE).count() == 1
    assert [one["text"] for one in telegram.answered] == [f"Ticket {ticket.pk} is taken."] * 3


def test_who_is_slower_hears_what_happened_and_gets_the_buttons_of_now(
    cast: Cast, telegram: Telegram, listen: Listen, linked: Linked
) -> None:
    ticket, anna, boris = order(cast), linked(cast.agent), linked(cast.agent_b)
    first, second = tell(anna, ticket), tell(boris, ticket)
    anna.press(first, "Take")
    boris.press(second, "Take")
    listen()
    ticket.refresh_from_db()
    assert ticket.performer == cast.agent
    assert telegram.answered[-1]["show_alert"] is True
    assert "Anna Agent takes the ticket" in telegram.answered[-1]["text"]
    assert "Anna Agent takes the ticket" in second["text"]


def test_what_completion_must_carry_is_said_with_the_way_there(
    cast: Cast, telegram: Telegram, listen: Listen, linked: Linked
) -> None:
    ticket, phone = taken(cast, evidence=["photo"]), linked(cast.agent)
    phone.press(tell(phone, ticket), "Complete")
    listen()
    ticket.refresh_from_db()
    assert ticket.status == Status.IN_PROGRESS
    told = telegram.answered[-1]["text"]
    assert told.startswith("Add a photo: this ticket asks for it.")
    assert f"https://desk.example.org/tickets/{ticket.pk}" in told


def test_rights_are_those_of_the_moment(
    cast: Cast, telegram: Telegram, listen: Listen, linked: Linked
) -> None:
    ticket, phone = order(cast), linked(cast.agent)
    message = tell(phone, ticket)
    Membership.objects.filter(person=cast.agent).delete()
    phone.press(message, "Take")
    listen()
    assert telegram.answered[-1]["text"] == "You do not see this ticket any more."
    assert labels(message) == []
    assert not Entry.objects.filter(verb=Verb.TAKE).exists()


def test_a_person_who_is_switched_off_presses_in_vain(
    cast: Cast, telegram: Telegram, listen: Listen, linked: Linked
) -> None:
    ticket, phone = order(cast), linked(cast.agent)
    message = tell(phone, ticket)
    Person.objects.filter(pk=cast.agent.pk).update(is_active=False)
    phone.press(message, "Take")
    listen()
    assert telegram.answered[-1]["show_alert"] is True
    assert not Entry.objects.filter(verb=Verb.TAKE).exists()


def test_a_forwarded_button_and_one_that_somebody_made_up_do_nothing(
    cast: Cast, telegram: Telegram, listen: Listen, linked: Linked
) -> None:
    ticket, anna, boris = order(cast), linked(cast.agent), linked(cast.agent_b)
    message = tell(anna, ticket)
    data = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    own = tell(boris, ticket)
    boris.touch(message, data)
    for forged in (
        data, data.replace("take", "complete"), f"take:{ticket.pk}:1", "", ":::", "take:x:y:z",
        "delete:1:1:AAAAAAAAAA", "☃" * 20, "a" * 64,
    ):  # fmt: skip
        boris.touch(own, forged)
    listen()
    assert not Entry.objects.exclude(verb=Verb.OPEN).exists()
    # A button in somebody else's chat is not even answered.
    assert len(telegram.answered) == 9
    assert all("not yours" in one["text"] for one in telegram.answered)


def test_the_longest_button_fits(cast: Cast) -> None:
    ticket = Ticket(pk=2**63 - 1, journal_length=10**6)
    for verb in (*buttons.OFFERED, *buttons.TALK):
        made = buttons.button("x", verb.value, ticket, chat="1")
        assert len(made["callback_data"].encode()) <= 64


HOSTILE = [
    "<b>bold</b> & <script>alert(1)</script>", "</b></a>", "&lt;&amp;&#0;", "{{ 7*7 }}",
    "]]>", "\u202eevil", "a" * 250, "🔥" * 120, "<a href='tg://user?id=1'>x</a>", "%(number)s",
]  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE)
def test_titles_names_and_texts_stay_what_they_are(cast: Cast, linked: Linked, title: str) -> None:
    Person.objects.filter(pk=cast.director.pk).update(name=title[:200])
    cast.director.refresh_from_db()
    phone = linked(cast.agent)
    message = tell(phone, order(cast, title=title, text=f"{title} " * 40))
    assert title[:60].rstrip() in message["text"]
    phone.write("/my")


def test_a_very_long_text_is_cut_with_the_way_to_the_rest(cast: Cast, linked: Linked) -> None:
    message = tell(linked(cast.agent), order(cast, text="🔥я<&> " * 4000))
    assert len(message["text"].encode("utf-16-le")) // 2 <= 4096
    assert "Read the rest on the ticket's page" in message["text"]
    assert "Open the ticket" in labels(message)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite's test base is one connection's"
)
def test_two_presses_at_the_same_moment_act_once(
    cast: Cast, telegram: Telegram, linked: Linked
) -> None:
    ticket, phone = order(cast), linked(cast.agent)
    message = tell(phone, ticket)
    pressed = [phone.press(message, "Take") for _ in range(4)]
    bot = receive.receiver._bot_of({"token": None})
    threads = [threading.Thread(target=_handle, args=(bot, one)) for one in pressed]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Entry.objects.filter(ticket=ticket, verb=Verb.TAKE).count() == 1


def _handle(bot: Any, update: dict[str, Any]) -> None:
    try:
        updates.handle(bot, update)
    finally:
        connection.close()
