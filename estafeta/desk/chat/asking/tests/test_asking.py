"""The pages on which clients ask and staff answers."""

from __future__ import annotations

import io
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from estafeta.accounts.models import Person
from estafeta.chat import files as room_files
from estafeta.chat.actions import mark_read, write
from estafeta.chat.models import Message, MessageKind, Room, State
from estafeta.chat.operators import becoming, handling
from estafeta.chat.operators.tests.talking import asked, here, receive
from estafeta.lib import clock
from estafeta.tickets.models import Attachment, Ticket
from tests.cast import Cast


def by(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def post(person: Person, name: str, room: Room, **data: object) -> object:
    return by(person).post(reverse(name, args=[room.pk]), data)


def test_a_client_asks_and_waits_in_the_talk(cast: Cast) -> None:
    receive(cast.it, about="Computers and printers", greeting="We are on our way.")
    here(cast.agent)
    page = by(cast.client).get("/ask").content.decode()
    assert "Computers and printers" in page
    assert "Somebody is here now." in page
    answer = by(cast.client).post(
        "/ask", {"department": cast.it.pk, "text": "No *paper*", "key": "k"}
    )
    room = Room.objects.get()
    assert answer["Location"] == f"/chat/{room.pk}"
    page = by(cast.client).get(answer["Location"]).content.decode()
    assert "You are the next." in page
    assert "We are on our way." in page
    assert "<em>paper</em>" in page


def test_the_same_form_sent_twice_asks_once(cast: Cast) -> None:
    receive(cast.it)
    for _time in range(2):
        by(cast.client).post("/ask", {"department": cast.it.pk, "text": "Help", "key": "k"})
    assert Message.objects.written().count() == 1


def test_what_was_typed_is_there_again_when_something_is_wrong(cast: Cast) -> None:
    receive(cast.it)
    receive(cast.accounting)
    answer = by(cast.client).post("/ask", {"text": "My words"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "My words" in page
    assert "Choose whom you want to ask." in page
    assert by(cast.client).post("/ask", {"department": cast.it.pk}).status_code == 422


def test_where_nobody_answers_the_same_words_become_a_ticket(cast: Cast) -> None:
    receive(cast.it)
    page = by(cast.client).get("/ask").content.decode()
    assert "Nobody is here just now." in page
    typed = "The lamp is dark\nSince Monday"
    data = {"as": "ticket", "department": cast.it.pk, "text": typed}
    page = by(cast.client).post("/ask", data).content.decode()
    assert 'value="The lamp is dark"' in page
    assert "Since Monday" in page
    assert not Room.objects.exists()


def test_closed_hours_say_when_it_opens(cast: Cast) -> None:
    receive(cast.it, days="", opens_at=None, closes_at=None)
    here(cast.agent)
    assert "It is closed now" in by(cast.client).get("/ask").content.decode()


def test_staff_does_not_ask(cast: Cast) -> None:
    assert by(cast.agent).get("/ask").status_code == 404


def test_the_wait_is_told_as_it_was_measured(cast: Cast) -> None:
    for _number in range(5):
        room = asked(cast.client, cast.it)
        handling.accept(room, by=cast.agent)
        handling.close(room, by=cast.agent)
        Room.objects.filter(pk=room.pk).update(
            asked_at=clock.now() - timedelta(minutes=4), accepted_at=clock.now()
        )
    here(cast.agent)
    asked(cast.lead, cast.it)
    room = asked(cast.client, cast.it)
    page = by(cast.client).get(f"/chat/{room.pk}/bar").content.decode()
    assert "Your place in line: 2." in page
    assert "within 4 minutes" in page


def test_two_accept_and_the_late_one_reads_who_was_first(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    assert post(cast.agent, "chat_accept", room).status_code == 303  # type: ignore[attr-defined]
    late = by(cast.agent_b)
    answer = late.post(reverse("chat_accept", args=[room.pk]))
    assert "Anna Agent has accepted it already." in late.get(answer["Location"]).content.decode()
    room.refresh_from_db()
    assert room.operator == cast.agent


def test_strangers_find_nothing_and_colleagues_of_the_client_neither(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    for stranger in (cast.agent2, cast.stranger, cast.lead, cast.admin, cast.director):
        for name in ("chat_accept", "chat_close", "chat_put_back"):
            assert post(stranger, name, room).status_code == 404  # type: ignore[attr-defined]
        for name in ("chat_bar", "chat_pass_on", "chat_ticket"):
            url = reverse(name, args=[room.pk])
            assert by(stranger).get(url).status_code == 404


def test_a_client_may_not_accept_and_a_colleague_may_not_close(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    assert post(cast.client, "chat_accept", room).status_code == 403  # type: ignore[attr-defined]
    handling.accept(room, by=cast.agent)
    assert post(cast.agent_b, "chat_close", room).status_code == 403  # type: ignore[attr-defined]


def test_whoever_passes_it_out_of_his_sight_goes_to_the_others(cast: Cast) -> None:
    receive(cast.accounting)
    room = asked(cast.client, cast.it)
    handling.accept(room, by=cast.agent)
    page = by(cast.agent).get(reverse("chat_pass_on", args=[room.pk])).content.decode()
    assert "Boris Agent" in page
    assert "Accounting" in page
    answer = post(cast.agent, "chat_pass_on", room, to="")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    answer = post(
        cast.agent, "chat_pass_on", room, to=f"department:{cast.accounting.pk}", reason="Money"
    )
    assert answer["Location"] == "/chat"  # type: ignore[index]
    assert by(cast.agent).get(f"/chat/{room.pk}").status_code == 404
    assert "Money" in by(cast.client).get(f"/chat/{room.pk}").content.decode()


def test_a_talk_becomes_a_ticket_with_its_words_and_files(cast: Cast) -> None:
    room = asked(cast.client, cast.it, "The **printer** smokes\nSince today")
    photo = room_files.keep_draft(io.BytesIO(b"dust and smoke"), "smoke.txt", by=cast.client)
    write(room, "Look", by=cast.client, files=[photo.pk])
    handling.accept(room, by=cast.agent)
    write(room, "Coming, @boris too", by=cast.agent)
    url = reverse("chat_ticket", args=[room.pk])
    page = by(cast.agent).get(url).content.decode()
    assert 'value="The printer smokes"' in page
    assert "smoke.txt" in page
    text = becoming.transcript(room)
    data = {
        "title": "Smoke",
        "department": cast.it.pk,
        "text": text,
        "file": [photo.pk],
        "key": "k",
    }
    answer = by(cast.agent).post(url, data)
    ticket = Ticket.objects.get()
    assert answer["Location"] == f"/tickets/{ticket.pk}"
    assert (ticket.requester, ticket.author) == (cast.client, cast.agent)
    for words in ("printer** smokes", "Coming", "Clara Client", "Anna Agent", f"/chat/{room.pk}"):
        assert words in ticket.text
    assert "mention" not in ticket.text_html
    assert Attachment.objects.get(ticket=ticket).name == "smoke.txt"
    room.refresh_from_db()
    assert room.ticket_number == ticket.pk
    assert room.messages.order_by("-pk")[0].kind == MessageKind.TICKET
    assert f"/tickets/{ticket.pk}" in by(cast.client).get(f"/chat/{room.pk}").content.decode()


def test_a_talk_becomes_one_ticket_however_often_it_is_sent(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    url = reverse("chat_ticket", args=[room.pk])
    for key in ("one", "two"):
        by(cast.client).post(url, {"title": "T", "text": "t", "department": cast.it.pk, "key": key})
    assert Ticket.objects.count() == 1
    assert by(cast.client).get(url)["Location"] == f"/chat/{room.pk}"


def test_a_ticket_that_is_refused_loses_nothing_and_leaves_no_files(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    note = room_files.keep_draft(io.BytesIO(b"note"), "note.txt", by=cast.client)
    write(room, "File", by=cast.client, files=[note.pk])
    url = reverse("chat_ticket", args=[room.pk])
    answer = by(cast.client).post(url, {"title": "T", "text": "My words", "file": [note.pk]})
    assert answer.status_code == 422
    assert "My words" in answer.content.decode()
    assert not Ticket.objects.exists()
    assert not Attachment.objects.exists()


def test_a_closed_talk_offers_a_ticket(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    handling.accept(room, by=cast.agent)
    post(cast.agent, "chat_close", room)
    room.refresh_from_db()
    assert room.state == State.CLOSED
    for person in (cast.client, cast.agent):
        bar = by(person).get(f"/chat/{room.pk}/bar").content.decode()
        assert reverse("chat_ticket", args=[room.pk]) in bar


def test_a_pop_up_is_told_only_to_whom_the_message_calls(cast: Cast) -> None:
    room = asked(cast.client, cast.it, "Help")
    line = room.messages.order_by("pk")[0]
    url = reverse("chat_call", args=[line.pk])
    card = by(cast.agent).get(url).json()
    assert (card["title"], card["text"]) == ("Clara Client waits for an operator", "Help")
    assert card["waits"]
    assert by(cast.client).get(url).status_code == 204
    assert by(cast.agent2).get(url).status_code == 404
    handling.accept(room, by=cast.head)
    assert by(cast.agent).get(url).status_code == 204
    message = write(room, "Still?", by=cast.client)
    url = reverse("chat_call", args=[message.pk])
    assert by(cast.agent).get(url).status_code == 204
    assert by(cast.head).get(url).json()["text"] == "Still?"
    mark_read(room, by=cast.head, up_to=message.pk)
    assert by(cast.head).get(url).status_code == 204


def test_heads_set_up_the_reception_of_their_department(cast: Cast) -> None:
    url = reverse("reception", args=[cast.it.pk])
    data = {
        "is_open": "on", "about": "Computers", "days": ["1", "2"], "opens_at": "09:00",
        "closes_at": "17:00", "return_minutes": "5", "close_hours": "24",
    }  # fmt: skip
    assert by(cast.head).post(url, data).status_code == 302
    assert "Computers" in by(cast.client).get("/ask").content.decode()
    wrong = by(cast.head).post(url, {**data, "closes_at": ""})
    assert wrong.status_code == 422
    assert "Give both times, or neither." in wrong.content.decode()
    for stranger in (cast.agent, cast.client, cast.agent2):
        assert by(stranger).get(url).status_code == 404
    assert "Receives" in by(cast.admin).get("/administration/receptions").content.decode()


def test_the_bar_takes_few_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    room = asked(cast.client, cast.it)
    client = by(cast.agent)
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        client.get(f"/chat/{room.pk}/bar")
