"""Talks through the API: the same rules as on the pages."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from estafeta.chat import files as room_files
from estafeta.chat.actions import common_room, open_direct, write
from estafeta.chat.models import Message, Room, RoomFile, State
from estafeta.chat.operators import handling
from estafeta.chat.operators.tests.talking import asked, here, receive
from estafeta.tickets.models import Attachment, Ticket
from tests.cast import Cast
from tests.program import ROOT, Program, pointers


def texts(answer: Any) -> list[str]:
    return [one["text"] for one in answer.json()["messages"]]


def test_two_talk_and_read(cast: Cast) -> None:
    anna, vera = Program.of(cast.agent), Program.of(cast.agent2)
    room = anna.post(f"/chat/rooms/with/{cast.agent2.pk}").json()
    assert (room["kind"], room["name"], room["unread"]) == ("direct", "Vera Accounting", 0)
    place = f"/chat/rooms/{room['id']}"
    said = anna.post(f"{place}/messages", text="**Hi**")
    assert said.status_code == 201
    assert vera.get(place).json()["unread"] == 1
    own = [one for one in vera.get("/chat/rooms").json()["rooms"] if one["id"] == room["id"]]
    assert own[0]["unread"] == 1
    assert texts(vera.get(f"{place}/messages")) == ["**Hi**"]
    read = vera.post(f"{place}/read", up_to=said.json()["id"]).json()
    assert (read["unread"], read["read_up_to"]) == (0, said.json()["id"])


def test_talks_of_others_are_not_there_whatever_rank_one_has(cast: Cast) -> None:
    room = open_direct(cast.agent2, by=cast.agent)
    message = write(room, "Secret", by=cast.agent)
    for stranger in (cast.admin, cast.director, cast.head, cast.client):
        program = Program.of(stranger, "admin")
        assert program.get(f"/chat/rooms/{room.pk}").status_code == 404
        assert program.get(f"/chat/rooms/{room.pk}/messages").status_code == 404
        assert program.post(f"/chat/rooms/{room.pk}/messages", text="x").status_code == 404
        assert program.post(f"/chat/messages/{message.pk}/edit", text="x").status_code == 404
        assert texts(program.get("/chat/search", q="secret")) == []
    assert texts(Program.of(cast.agent2).get("/chat/search", q="secret")) == ["Secret"]


def test_the_same_key_says_it_once(cast: Cast) -> None:
    room, anna = common_room(), Program.of(cast.agent)
    url = f"/chat/rooms/{room.pk}/messages"
    first = anna.post(url, key="k", text="Once").json()["id"]
    assert anna.post(url, key="k", text="Once").json()["id"] == first
    assert anna.post(url, key="k", text="Other").status_code == 422
    assert Message.objects.count() == 1


def test_messages_come_in_pages_and_from_a_place_on(cast: Cast) -> None:
    room, anna = common_room(), Program.of(cast.agent)
    rows = [write(room, str(number), by=cast.agent) for number in range(5)]
    url = f"/chat/rooms/{room.pk}/messages"
    page = anna.get(url, limit=2)
    assert texts(page) == ["4", "3"]
    assert texts(anna.get(url, limit=2, after=page.json()["next"])) == ["2", "1"]
    assert texts(anna.get(url, since=rows[2].pk)) == ["3", "4"]
    assert anna.get(url, after="nonsense").status_code == 422


def test_what_was_said_is_corrected_and_taken_back(cast: Cast) -> None:
    room, anna = common_room(), Program.of(cast.agent)
    message = write(room, "Helo", by=cast.agent)
    edited = anna.post(f"/chat/messages/{message.pk}/edit", text="Hello").json()
    assert (edited["text"], bool(edited["edited_at"])) == ("Hello", True)
    assert Program.of(cast.head).post(
        f"/chat/messages/{message.pk}/edit", text="x"
    ).status_code == 403  # fmt: skip
    gone = anna.post(f"/chat/messages/{message.pk}/take_back").json()
    assert (gone["text"], bool(gone["taken_back_at"])) == ("", True)
    assert anna.post(f"/chat/messages/{message.pk}/take_back").status_code == 409
    assert anna.post(f"/chat/rooms/{room.pk}/messages", text=" ").status_code == 422


def test_a_token_that_only_reads_says_nothing(cast: Cast) -> None:
    room = common_room()
    program = Program.of(cast.agent, "read")
    assert program.get(f"/chat/rooms/{room.pk}/messages").status_code == 200
    assert program.post(f"/chat/rooms/{room.pk}/messages", text="x").status_code == 403


def test_a_file_goes_with_a_message(cast: Cast) -> None:
    anna, room = Program.of(cast.agent), open_direct(cast.agent2, by=cast.agent)
    sent = Client().post(
        f"{ROOT}/chat/files", {"file": SimpleUploadedFile("dust.txt", b"dust")},
        headers={"Authorization": f"Bearer {anna.token}"},
    )  # fmt: skip
    assert sent.status_code == 201
    number = sent.json()["id"]
    said = anna.post(f"/chat/rooms/{room.pk}/messages", files=[number]).json()
    assert said["files"][0]["name"] == "dust.txt"
    url = f"/chat/files/{number}/content"
    assert Program.of(cast.agent2).get(url).status_code == 200
    assert Program.of(cast.head).get(url).status_code == 404


def test_a_client_asks_and_the_first_who_accepts_has_it(cast: Cast) -> None:
    receive(cast.it, about="Computers")
    here(cast.agent)
    clara, anna, boris = map(Program.of, (cast.client, cast.agent, cast.agent_b))
    (desk,) = clara.get("/chat/receptions").json()["receptions"]
    assert (desk["about"], desk["is_open"], desk["is_staffed"]) == ("Computers", True, True)
    asked_for = clara.post("/chat/ask", key="k", department=cast.it.pk, text="Help")
    assert asked_for.status_code == 201
    place = f"/chat/rooms/{asked_for.json()['id']}"
    again = clara.post("/chat/ask", key="k", department=cast.it.pk, text="Help")
    assert again.json()["id"] == asked_for.json()["id"]
    assert clara.get(f"{place}/line").json()["place"] == 1
    assert [one["name"] for one in anna.get("/chat/rooms").json()["waiting"]] == ["Clara Client"]
    assert anna.post(f"{place}/messages", text="Yes?").status_code == 403
    assert anna.post(f"{place}/accept").json()["operator"]["name"] == "Anna Agent"
    late = boris.post(f"{place}/accept")
    assert late.status_code == 409
    assert "Anna Agent" in late.json()["detail"]
    assert clara.post(f"{place}/accept").status_code == 403
    assert Program.of(cast.agent2).post(f"{place}/accept").status_code == 404
    assert clara.get(f"{place}/line").json()["place"] is None
    assert anna.post("/chat/ask", department=cast.it.pk, text="x").status_code == 403
    assert pointers(clara.post("/chat/ask", department=cast.accounting.pk, text="x")) == [
        "/department"
    ]


def test_it_is_passed_on_put_back_and_closed(cast: Cast) -> None:
    room = asked(cast.client, cast.it)
    anna, place = Program.of(cast.agent), f"/chat/rooms/{room.pk}"
    anna.post(f"{place}/accept")
    assert anna.post(f"{place}/pass_on").status_code == 422
    wrong = anna.post(f"{place}/pass_on", person=cast.agent2.pk)
    assert (wrong.status_code, pointers(wrong)) == (422, ["/person"])
    assert anna.post(f"{place}/pass_on", person=cast.agent_b.pk).status_code == 200
    boris = Program.of(cast.agent_b)
    assert boris.post(f"{place}/put_back", reason="Busy").json()["state"] == "waiting"
    boris.post(f"{place}/accept")
    receive(cast.accounting)
    passed = boris.post(f"{place}/pass_on", department=cast.accounting.pk)
    assert passed.json() == {"room": None}
    assert boris.get(place).status_code == 404
    assert Program.of(cast.client).post(f"{place}/close").json()["state"] == "closed"


def test_it_becomes_one_ticket(cast: Cast) -> None:
    room = asked(cast.client, cast.it, "It smokes\nbadly")
    photo = room_files.keep_draft(io.BytesIO(b"smoke"), "smoke.txt", by=cast.client)
    write(room, "Look", by=cast.client, files=[photo.pk])
    handling.accept(room, by=cast.agent)
    anna, place = Program.of(cast.agent), f"/chat/rooms/{room.pk}"
    made = anna.post(f"{place}/make_ticket", key="k")
    assert made.status_code == 201
    ticket = Ticket.objects.get(pk=made.json()["ticket"])
    assert (ticket.title, ticket.requester, ticket.department) == (
        "It smokes", cast.client, cast.it,
    )  # fmt: skip
    assert "badly" in ticket.text
    assert Attachment.objects.get(ticket=ticket).name == "smoke.txt"
    again = anna.post(f"{place}/make_ticket", key="k")
    assert (again.status_code, again.json()) == (201, made.json())
    assert Attachment.objects.count() == 1
    assert anna.post(f"{place}/make_ticket").status_code == 409
    assert anna.get(place).json()["ticket"] == ticket.pk


def test_no_copy_of_a_file_stays_where_another_cannot_be_brought(cast: Cast) -> None:
    room = asked(cast.client, cast.it, "It smokes")
    sent = [room_files.keep_draft(io.BytesIO(word), "a.txt", by=cast.client)
            for word in (b"One", b"Two")]  # fmt: skip
    write(room, "Look", by=cast.client, files=[row.pk for row in sent])
    handling.accept(room, by=cast.agent)
    RoomFile.objects.filter(pk=sent[1].pk).update(blob="0" * 64)
    assert Program.of(cast.agent).post(f"/chat/rooms/{room.pk}/make_ticket").status_code == 422
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("count", [1, 6])
def test_rooms_are_read_with_as_many_queries_however_many_there_are(
    cast: Cast, count: int, django_assert_max_num_queries: Any
) -> None:
    for person in (cast.agent2, cast.head, cast.agent_b, cast.admin, cast.director)[:count]:
        write(open_direct(person, by=cast.agent), "Hi", by=person)
    program = Program.of(cast.agent)
    program.get("/chat/rooms")
    with django_assert_max_num_queries(9):
        program.get("/chat/rooms")
    assert Room.objects.exclude(state=State.WAITING).exists()
