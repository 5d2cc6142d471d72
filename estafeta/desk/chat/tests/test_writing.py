"""Writing, editing and files through the pages."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from estafeta.chat.actions import common_room, edit, take_back, write
from estafeta.chat.files import keep_draft
from estafeta.chat.models import Message, Room, RoomFile, Seat
from estafeta.chat.tests.talks import direct, say
from estafeta.lib import clock
from tests import files
from tests.cast import Cast

SCRIPT: dict[str, Any] = {"headers": {"X-Requested-With": "fetch"}}
HTMX: dict[str, Any] = {"headers": {"HX-Request": "true"}}


def test_a_script_says_it_once_and_a_form_comes_back_to_the_talk(cast: Cast, anna: Client) -> None:
    room = common_room()
    for _again in range(2):
        answer = anna.post(f"/chat/{room.pk}/write", {"text": "Hi", "key": "k1"}, **SCRIPT)
        assert answer.status_code == 201
    assert Message.objects.count() == 1
    answer = anna.post(f"/chat/{room.pk}/write", {"text": "Again"})
    assert answer.headers["Location"].startswith(f"/chat/{room.pk}#message-")


def test_a_refusal_says_why_and_keeps_what_was_typed(cast: Cast, anna: Client) -> None:
    room = direct(cast.agent, cast.agent2)
    cast.agent2.is_active = False
    cast.agent2.save()
    answer = anna.post(f"/chat/{room.pk}/write", {"text": "Hi"}, **SCRIPT)
    assert (answer.status_code, bool(answer.json()["error"])) == (403, True)
    answer = anna.post(f"/chat/{common_room().pk}/write", {"text": "x" * 8001})
    assert answer.status_code == 422
    assert "At most 8000 characters" in answer.text
    assert "x" * 8001 in answer.text


def test_a_talk_of_two_is_kept_from_the_first_word_on(cast: Cast, anna: Client) -> None:
    address = f"/chat/with/{cast.agent2.pk}"
    assert "Vera Accounting" in anna.get(address).text
    assert not Room.objects.filter(kind="direct").exists()
    answer = anna.post(address, {"text": "Hi"}, **SCRIPT)
    room = Room.objects.get(kind="direct")
    assert answer.json()["url"] == f"/chat/{room.pk}"
    assert anna.get(address).headers["Location"] == f"/chat/{room.pk}"
    assert anna.get(f"/chat/with/{cast.client.pk}").status_code == 404


def test_the_menu_offers_what_can_be_done_now(cast: Cast, anna: Client, vera: Client) -> None:
    room = common_room()
    with clock.standing_at(clock.now() - timedelta(hours=1)):
        old = say(room, cast.agent)
    fresh = say(room, cast.agent)
    assert "Take back" in anna.get(f"/chat/messages/{fresh.pk}/menu").text
    assert "Take back" not in anna.get(f"/chat/messages/{old.pk}/menu").text
    others = vera.get(f"/chat/messages/{fresh.pk}/menu").text
    assert "Answer" in others
    assert "Take back" not in others


def test_an_edit_shows_that_it_was_one_and_what_it_said_before(
    cast: Cast, anna: Client, vera: Client
) -> None:
    message = say(common_room(), cast.agent, "At nine")
    answer = anna.post(f"/chat/messages/{message.pk}/edit", {"text": "At ten"}, **HTMX)
    assert answer.status_code == 204
    assert "chat:changed" in answer.headers["HX-Trigger"]
    assert "edited" in vera.get(f"/chat/messages/{message.pk}").text
    assert "At nine" in vera.get(f"/chat/messages/{message.pk}/earlier").text
    assert vera.post(f"/chat/messages/{message.pk}/edit", {"text": "No"}, **HTMX).status_code == 403
    same = anna.post(f"/chat/messages/{message.pk}/edit", {"text": "At ten"}, **HTMX)
    assert same.status_code == 422


def test_what_was_taken_back_is_read_by_its_author_alone(
    cast: Cast, anna: Client, vera: Client
) -> None:
    message = say(common_room(), cast.agent, "Secret")
    assert anna.post(f"/chat/messages/{message.pk}/take_back", **HTMX).status_code == 204
    page = vera.get(f"/chat/{message.room_id}").text
    assert "was taken back" in page
    assert "Secret" not in page
    assert "Secret" in anna.get(f"/chat/messages/{message.pk}/earlier").text
    assert vera.get(f"/chat/messages/{message.pk}/earlier").status_code == 404
    again = anna.post(f"/chat/messages/{message.pk}/take_back", **HTMX)
    assert again.status_code == 409


def test_an_answer_shows_what_it_answers(cast: Cast, anna: Client) -> None:
    room = common_room()
    asked = say(room, cast.head, "Who is on duty?")
    anna.post(f"/chat/{room.pk}/write", {"text": "Me", "answers": asked.pk}, **SCRIPT)
    assert f'data-to-message="{asked.pk}"' in anna.get(f"/chat/{room.pk}").text
    take_back(asked, by=cast.head)
    page = anna.get(f"/chat/{room.pk}").text
    assert "on duty" not in page


def test_files_are_got_by_those_who_see_the_talk_and_by_nobody_else(
    cast: Cast, anna: Client, vera: Client, clara: Client
) -> None:
    sent = {"file": SimpleUploadedFile("photo.jpg", files.photo()), "name": "photo.jpg"}
    told = anna.post("/chat/files", sent).json()
    address = f"/chat/files/{told['id']}/file/photo.jpg"
    assert (anna.get(address).status_code, vera.get(address).status_code) == (200, 404)
    room = direct(cast.agent, cast.agent2)
    anna.post(f"/chat/{room.pk}/write", {"text": "", "files": told["id"]}, **SCRIPT)
    assert vera.get(address).status_code == 200
    assert vera.get(told["thumb"]).status_code == 200
    assert clara.get(address).status_code == 404
    assert clara.get(told["thumb"]).status_code == 404
    page = vera.get(f"/chat/{room.pk}").text
    assert 'data-look="picture"' in page


def test_a_draft_of_a_file_is_dropped_by_its_owner(cast: Cast, anna: Client, vera: Client) -> None:
    row = keep_draft(io.BytesIO(b"plan"), "plan.txt", by=cast.agent)
    assert vera.post(f"/chat/files/{row.pk}/drop").status_code == 404
    assert anna.post(f"/chat/files/{row.pk}/drop").status_code == 204
    assert not RoomFile.objects.exists()


def test_reading_and_muting_are_kept_for_oneself(cast: Cast, anna: Client) -> None:
    room = common_room()
    message = say(room, cast.head)
    assert anna.get("/chat/unread").json() == {"unread": 1}
    anna.post(f"/chat/{room.pk}/read", {"up_to": message.pk})
    assert anna.get("/chat/unread").json() == {"unread": 0}
    anna.post(f"/chat/{room.pk}/mute", {"muted": "yes"})
    say(room, cast.head)
    assert anna.get("/chat/unread").json() == {"unread": 0}
    assert Seat.objects.get(room=room, person=cast.agent).is_muted


def test_who_has_read_it_is_told_in_larger_rooms(cast: Cast, anna: Client) -> None:
    room = common_room()
    message = write(room, "All read", by=cast.agent)
    assert "Nobody has read it yet" in anna.get(f"/chat/messages/{message.pk}/readers").text
    edit(message, "All please read", by=cast.agent)
    say(room, cast.head)
    assert "Hugo Head" in anna.get(f"/chat/messages/{message.pk}/readers").text
