"""List = page = search = stream = files = who may be there = API: one rule of sight for talks."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from estafeta.accounts.models import Membership, Person, Site
from estafeta.accounts.standing import Standing
from estafeta.chat import files, log, queries, search, visibility
from estafeta.chat.actions import common_room, department_room, open_direct, write
from estafeta.chat.errors import NotAllowed
from estafeta.chat.models import Message, Room, RoomFile, RoomKind, State
from estafeta.lib import clock, rate
from estafeta.realtime.chat_source import ChatSource
from estafeta.realtime.room_place import RoomPlace
from tests.cast import Cast, make_cast
from tests.program import Program

MOST = settings(
    derandomize=True, database=None, deadline=None, phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
WORDS = ("ондатра", "бегемот", "пеликан", "выхухоль", "кашалот", "тюлень")

wishes = st.lists(
    st.tuples(st.sampled_from(["direct", "department", "common", "client"]),
              st.integers(0, 9), st.integers(0, 9), st.sampled_from(State.values)),
    min_size=2, max_size=6,
)  # fmt: skip
moves = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 2),
              st.sampled_from(["join", "lead", "leave", "deactivate", "direct", "administer"])),
    max_size=6,
)  # fmt: skip


class World:
    """The cast, talking in rooms of all kinds; then people move about."""

    def __init__(self, rooms: Any, moves: Any) -> None:
        self.cast: Cast = make_cast()
        self.people = list(self.cast.everybody().values())
        self.departments = [self.cast.it, self.cast.network, self.cast.accounting]
        self.words: dict[int, str] = {}
        self.files: dict[int, int] = {}
        for kind, one, other, state in rooms:
            if room := self._room(kind, one, other, state):
                self._speak(room)
        for who, where, what in moves:
            self._move(self.people[who], self.departments[where], what)

    def _room(self, kind: str, one: int, other: int, state: str) -> Room | None:
        first, second = self.people[one], self.people[other]
        department = self.departments[other % 3]
        if kind == RoomKind.COMMON:
            return common_room()
        if kind == RoomKind.DEPARTMENT:
            return department_room(department.pk)
        if kind == RoomKind.DIRECT:
            try:
                return open_direct(second, by=first)
            except NotAllowed:
                return None
        number = Room.objects.count()
        is_taken = Room.objects.filter(client=first, department=department).exists()
        return None if is_taken else Room.objects.create(
            kind=kind, key=f"client:{number}", client=first, department=department,
            state=state, operator=None if state == State.WAITING else second,
            created_at=clock.now(), asked_at=clock.now(),
        )  # fmt: skip

    def _speak(self, room: Room) -> None:
        if room.pk in self.words:
            return
        word = self.words[room.pk] = WORDS[len(self.words)]
        state, room.state = room.state, State.ACCEPTED if room.kind == RoomKind.CLIENT else ""
        room.save()
        speaker = next(p for p in self.people if visibility.sees(p.standing, room))
        row = files.keep_draft(io.BytesIO(b"plan"), "plan.txt", by=speaker)
        message = write(room, word, by=speaker, files=[row.pk])
        room.refresh_from_db()
        room.state = state
        room.save()
        self.files[room.pk] = row.pk
        assert message.room_id == room.pk

    def _move(self, person: Person, department: Any, what: str) -> None:
        own = Membership.objects.filter(person=person, department=department)
        if what == "leave":
            own.delete()
        elif what in ("join", "lead"):
            values = {"is_head": what == "lead"}
            Membership.objects.update_or_create(person=person, department=department, defaults=values)  # fmt: skip
        else:
            name = {"deactivate": "is_active", "direct": "is_director"}.get(what, "is_administrator")  # fmt: skip
            Person.objects.filter(pk=person.pk).update(**{name: what != "deactivate"})


def _fresh(people: list[Person]) -> list[Person]:
    return list(Person.objects.filter(pk__in=[person.pk for person in people]).order_by("pk"))


@given(rooms=wishes, moves=moves)
@settings(MOST, max_examples=40)
def _one_rule_below(rooms: Any, moves: Any) -> None:
    with transaction.atomic():
        world = World(rooms, moves)
        people = _fresh(world.people)
        ids = {person.pk for person in people}
        told, _to = ChatSource().between(0, log.newest(), ids, most=1000)
        heard = {(one, _room_of(row)) for row in told if row.event == "written" for one in row.people}  # fmt: skip
        standings = Standing.of_all(people)
        present = RoomPlace().seen(list(world.words), standings)
        for person in people:
            seen = set(Room.objects.visible_to(person).values_list("pk", flat=True))
            assert {one.room.pk for one in queries.rooms_of(person)} <= seen
            for room in Room.objects.filter(pk__in=world.words):
                sees = room.pk in seen
                assert visibility.sees(person.standing, room) == sees
                assert ((person.pk, room.pk) in heard) == sees
                assert (person.pk in present[room.pk]) <= sees
                found = search.found(world.words[room.pk], by=person)
                assert found.exists() == sees
                file = RoomFile.objects.open_to(person).filter(pk=world.files[room.pk])
                assert file.exists() == sees
        transaction.set_rollback(True)


def _room_of(row: Any) -> int:
    import json

    return int(json.loads(row.data)["room"])


@pytest.mark.slow
def test_list_search_stream_files_and_presence_follow_one_rule(db: None) -> None:
    _one_rule_below()


@given(rooms=wishes, moves=moves)
@settings(MOST, max_examples=8)
def _one_rule_at_the_faces(rooms: Any, moves: Any) -> None:
    with transaction.atomic():
        Site.objects.update_or_create(pk=1, defaults={"is_set_up": True})
        Site.forget()
        world = World(rooms, moves)
        for person in _fresh(world.people):
            if not person.is_active:
                continue
            browser, program = Client(), Program.of(person, "admin")
            browser.force_login(person, backend=django_settings.AUTHENTICATION_BACKENDS[0])
            seen = set(Room.objects.visible_to(person).values_list("pk", flat=True))
            for number, word in world.words.items():
                sees = number in seen
                message = Message.objects.get(room=number, kind="text").pk
                for address in (
                    f"/chat/{number}", f"/chat/{number}/messages?after=0",
                    f"/chat/messages/{message}",
                    f"/chat/files/{world.files[number]}/file/plan.txt",
                ):  # fmt: skip
                    assert (browser.get(address).status_code == 200) == sees, address
                page = browser.get("/chat/search", {"q": word}).text
                assert (f"?message={message}#" in page) == sees
                token = {"Authorization": f"Bearer {program.token}"}
                answer = browser.get(f"/api/v1/chat/rooms/{number}", headers=token)
                assert (answer.status_code == 200) == sees
        transaction.set_rollback(True)


@pytest.mark.slow
def test_pages_and_the_api_follow_the_same_rule(db: None, settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 0
    settings.DESK_RATES = dict.fromkeys(settings.DESK_RATES, 0)
    rate.forget()
    _one_rule_at_the_faces()
