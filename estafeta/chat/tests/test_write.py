"""Writing into a room."""

from __future__ import annotations

import io

import pytest

from estafeta.accounts.models import Site
from estafeta.chat import files, log, queries, search
from estafeta.chat.actions import common_room, department_room, edit, mark_read, take_back, write
from estafeta.chat.errors import Invalid, NotAllowed, NotNow
from estafeta.chat.models import Change, ChangeKind, Message, RoomFile, Seat, State
from estafeta.chat.tests.talks import direct, of_client, say
from estafeta.lib.request_keys import Key, KeyReused
from tests.cast import Cast


def test_what_is_written_is_kept_told_and_read_by_its_author(cast: Cast) -> None:
    room = direct(cast.agent, cast.agent2)
    message = say(room, cast.agent, "**Hi** there")
    room.refresh_from_db()
    assert room.last_message == message
    assert "<strong>Hi</strong>" in message.text_html
    assert Seat.objects.get(room=room, person=cast.agent).read_up_to == message.pk
    change = Change.objects.get()
    assert (change.kind, change.message, change.pk) == (ChangeKind.WRITTEN, message, log.newest())


def test_two_have_one_talk_whoever_begins_it(cast: Cast) -> None:
    assert direct(cast.agent, cast.agent2) == direct(cast.agent2, cast.agent)


def test_clients_and_oneself_cannot_be_talked_to(cast: Cast) -> None:
    for other in (cast.client, cast.agent):
        with pytest.raises(NotAllowed):
            direct(cast.agent, other)
    with pytest.raises(NotAllowed):
        direct(cast.client, cast.agent)


def test_nothing_and_too_much_are_refused(cast: Cast) -> None:
    room = common_room()
    for text in ("  ", "x" * 8001):
        with pytest.raises(Invalid) as caught:
            write(room, text, by=cast.agent)
        assert caught.value.field == "text"
    assert not Message.objects.exists()


def test_the_same_key_says_it_once(cast: Cast) -> None:
    room = common_room()
    first = write(room, "Once", by=cast.agent, submission=Key("k", "d"))
    assert write(room, "Once", by=cast.agent, submission=Key("k", "d")) == first
    with pytest.raises(KeyReused):
        write(room, "Twice", by=cast.agent, submission=Key("k", "other"))
    assert Message.objects.count() == 1


def test_the_longest_key_of_a_program_fits() -> None:
    assert (Message._meta.get_field("submission").max_length or 0) >= len("api:") + 128


def test_nobody_answers_a_message_of_another_room(cast: Cast) -> None:
    elsewhere = say(direct(cast.agent, cast.agent2), cast.agent)
    with pytest.raises(Invalid):
        write(common_room(), "Yes", by=cast.agent, answers=elsewhere.pk)


def test_whoever_has_left_is_not_written_to(cast: Cast) -> None:
    room = direct(cast.agent, cast.agent2)
    cast.agent2.is_active = False
    cast.agent2.save()
    with pytest.raises(NotAllowed):
        say(room, cast.agent)


def test_only_those_who_see_the_room_are_called(cast: Cast) -> None:
    message = say(department_room(cast.it.pk), cast.agent, "@hugo @vera @anna look")
    assert [m.person for m in message.mentions.all()] == [cast.head]
    assert message.text_html.count('class="mention"') == 2


def test_a_client_writes_until_it_is_closed_and_staff_once_it_is_accepted(cast: Cast) -> None:
    room = of_client(cast.client, cast.it)
    say(room, cast.client)
    with pytest.raises(NotAllowed):
        say(room, cast.agent)
    room.state, room.operator = State.ACCEPTED, cast.agent
    room.save()
    say(room, cast.agent)
    room.state = State.CLOSED
    room.save()
    for person in (cast.client, cast.agent):
        with pytest.raises(NotAllowed):
            say(room, person)


def test_an_edit_keeps_what_it_said_and_calls_only_whom_it_did_not_call(cast: Cast) -> None:
    message = say(department_room(cast.it.pk), cast.agent, "@hugo come at nine")
    changed = edit(message, "@hugo @boris come at ten", by=cast.agent)
    assert [row.text for row in changed.wordings.all()] == ["@hugo come at nine"]
    assert {m.person for m in changed.mentions.all()} == {cast.head, cast.agent_b}
    assert not search.found("nine", by=cast.head).exists()
    assert search.found("ten", by=cast.head).get() == message


def test_others_cannot_change_it_nor_the_author_too_late(cast: Cast) -> None:
    message = say(common_room(), cast.agent)
    with pytest.raises(NotAllowed):
        edit(message, "No", by=cast.admin)
    Site.objects.update(comment_change_minutes=0)
    Site.forget()
    for refused in (lambda: edit(message, "No", by=cast.agent), lambda: take_back(message, by=cast.agent)):  # fmt: skip
        with pytest.raises(NotNow):
            refused()


def test_what_is_taken_back_leaves_its_place_only(cast: Cast) -> None:
    room = common_room()
    before = say(room, cast.agent, "Before")
    message = say(room, cast.agent, "Secret @hugo")
    take_back(message, by=cast.agent)
    message.refresh_from_db()
    room.refresh_from_db()
    assert (message.text, message.text_html) == ("", "")
    assert message.deleted_at
    assert not message.mentions.exists()
    assert room.last_message == before
    assert not search.found("secret", by=cast.agent).exists()
    with pytest.raises(NotNow):
        take_back(message, by=cast.agent)


def test_files_go_with_the_message_and_with_its_taking_back(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    row = files.keep_draft(io.BytesIO(b"plan"), "Plan_B.txt", by=cast.agent)
    room = department_room(cast.it.pk)
    with pytest.raises(Invalid):
        write(room, "", by=cast.head, files=[row.pk])
    message = write(room, "", by=cast.agent, files=[row.pk])
    assert RoomFile.objects.open_to(cast.head).get() == row
    assert not RoomFile.objects.open_to(cast.agent2).exists()
    assert search.found("plan", by=cast.head).get() == message
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        take_back(message, by=cast.agent)
    row.refresh_from_db()
    assert row.blob == ""
    assert not RoomFile.objects.open_to(cast.agent).exists()


def test_reading_goes_forward_only_and_no_further_than_there_is(cast: Cast) -> None:
    room = common_room()
    first, second = say(room, cast.agent), say(room, cast.agent)
    assert mark_read(room, by=cast.head, up_to=second.pk + 1000)
    assert not mark_read(room, by=cast.head, up_to=first.pk)
    assert Seat.objects.get(room=room, person=cast.head).read_up_to == second.pk
    assert queries.unread_rooms(cast.head) == 0
