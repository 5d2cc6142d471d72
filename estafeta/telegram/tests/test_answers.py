"""What is written under the bot's messages stands under the ticket, for whom it was meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from estafeta.accounts.models import Site
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.models import Asked
from estafeta.telegram.tests.conftest import tell
from estafeta.tickets.models import Attachment, Comment
from tests import files
from tests.cast import Cast
from tests.orders import order, taken
from tests.services.telegram import Phone, Telegram, labels

Listen = Callable[[], None]
Linked = Callable[..., Phone]


def test_a_client_answers_and_it_is_a_reply(cast: Cast, listen: Listen, linked: Linked) -> None:
    ticket, phone = order(cast, by=cast.client), linked(cast.client)
    phone.write("It is <b>on</b> the 2nd floor", answers=tell(phone, ticket))
    listen()
    comment = Comment.objects.get()
    assert (comment.author, comment.text) == (cast.client, "It is <b>on</b> the 2nd floor")
    assert not comment.is_note
    assert ticket.entries.get(verb="reply").via == "telegram"
    assert phone.got[-1]["text"] == f"{ticket.label}: The reply is sent."


@pytest.mark.parametrize(
    ("label", "is_note"), [("The requester too", False), ("Only colleagues", True)]
)
def test_staff_says_who_may_read_it_before_anything_is_written(
    cast: Cast, listen: Listen, linked: Linked, label: str, is_note: bool
) -> None:
    ticket, phone = taken(cast), linked(cast.agent)
    phone.write("The disk is dying", answers=tell(phone, ticket))
    listen()
    assert not Comment.objects.exists()
    question = phone.got[-1]
    assert labels(question) == ["The requester too", "Only colleagues"]
    phone.press(question, label)
    phone.press(question, label)
    listen()
    comment = Comment.objects.get()
    assert (comment.text, comment.is_note) == ("The disk is dying", is_note)
    assert labels(question) == []


def test_what_was_written_once_is_not_written_again_as_something_else(
    cast: Cast, listen: Listen, linked: Linked
) -> None:
    ticket, phone = taken(cast), linked(cast.agent)
    phone.write("Only for us", answers=tell(phone, ticket))
    listen()
    question = phone.got[-1]
    note, reply = (
        row["callback_data"] for row in reversed(question["reply_markup"]["inline_keyboard"][0])
    )
    phone.touch(question, note)
    phone.touch(question, reply)
    listen()
    assert Comment.objects.get().is_note


@pytest.mark.parametrize(("label", "is_note"), [("Reply", False), ("Note", True)])
def test_the_buttons_ask_for_words_and_take_the_answer(
    cast: Cast, listen: Listen, linked: Linked, label: str, is_note: bool
) -> None:
    ticket, phone = taken(cast), linked(cast.agent)
    phone.press(tell(phone, ticket), label)
    listen()
    question = phone.got[-1]
    assert question["reply_markup"]["force_reply"] is True
    phone.write("Tomorrow", answers=question)
    listen()
    comment = Comment.objects.get()
    assert (comment.text, comment.is_note) == ("Tomorrow", is_note)


def test_photos_and_files_come_along(
    cast: Cast, telegram: Telegram, listen: Listen, linked: Linked
) -> None:
    ticket, phone = order(cast, by=cast.client), linked(cast.client)
    message = tell(phone, ticket)
    telegram.files |= {"small": b"x", "large": files.photo(), "plan": b"Plan of the house"}
    photos = [
        {"file_id": "small", "width": 90, "height": 90, "file_size": 1},
        {"file_id": "large", "width": 800, "height": 600, "file_size": 5000},
    ]
    phone.write(answers=message, photo=photos, caption="Look")
    document = {"file_id": "plan", "file_name": "../../plan.txt", "file_size": 17}
    phone.write(answers=message, document=document)
    listen()
    first, second = Attachment.objects.order_by("pk")
    assert (first.comment and first.comment.text, first.kind) == ("Look", "picture")
    assert (second.name, second.ticket) == ("plan.txt", ticket)


def test_too_large_a_file_and_one_that_is_gone_are_refused_in_words(
    cast: Cast, telegram: Telegram, listen: Listen, linked: Linked
) -> None:
    Site.objects.update(file_megabytes=1)
    Site.forget()
    ticket, phone = order(cast, by=cast.client), linked(cast.client)
    message = tell(phone, ticket)
    phone.write(
        answers=message, document={"file_id": "a", "file_size": 2_000_000, "file_name": "f"}
    )
    listen()
    assert "at most 1 MB" in phone.got[-1]["text"]
    phone.write(answers=message, document={"file_id": "a", "file_size": 10, "file_name": "f"})
    listen()
    assert "could not be fetched" in phone.got[-1]["text"]
    assert not Comment.objects.exists()


def test_an_answer_to_nothing_and_to_what_is_forgotten_writes_nothing(
    cast: Cast, listen: Listen, linked: Linked
) -> None:
    phone = linked(cast.agent)
    phone.write("Hello?")
    listen()
    assert "Answer to one of my messages" in phone.got[-1]["text"]
    phone.write("Hello?", answers={"message_id": 1})
    listen()
    assert "do not know which ticket" in phone.got[-1]["text"]
    assert not Comment.objects.exists()


def test_my_lists_what_i_work_on_and_opens_it_as_a_card(
    cast: Cast, listen: Listen, linked: Linked
) -> None:
    mine, phone = taken(cast, title="Printer <3"), linked(cast.agent)
    order(cast, title="Somebody else's")
    phone.write("/my@house_bot")
    listen()
    listing = phone.got[-1]
    assert "Printer <3" in listing["text"]
    assert "Somebody" not in listing["text"]
    phone.press(listing, mine.label)
    listen()
    card = phone.got[-1]
    assert labels(card) == ["Complete", "Release", "Reply", "Note", "Open the ticket"]
    phone.press(card, "Release")
    listen()
    mine.refresh_from_db()
    assert mine.performer is None
    assert labels(card)[0] == "Take"
    phone.write("Done", answers=card)
    listen()
    assert Asked.objects.count() == 1
    assert labels(phone.got[-1]) == ["The requester too", "Only colleagues"]


def test_a_client_lists_what_he_has_asked_for(cast: Cast, listen: Listen, linked: Linked) -> None:
    order(cast, by=cast.client, title="My lamp")
    phone = linked(cast.client)
    phone.write("/my")
    listen()
    assert "My lamp" in phone.got[-1]["text"]
    other = linked(cast.stranger)
    other.write("/my")
    listen()
    assert other.got[-1]["text"] == "You have no open tickets."


def test_the_channel_has_a_sign_and_needs_a_token() -> None:
    assert not CHANNELS["telegram"].is_ready({})
    assert CHANNELS["telegram"].is_ready({"token": "x"})
