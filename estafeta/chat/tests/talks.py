"""Rooms and words for tests."""

from __future__ import annotations

from typing import Any

from estafeta.accounts.models import Department, Person
from estafeta.chat.actions import open_direct, write
from estafeta.chat.models import Message, Room, RoomKind, State
from estafeta.lib import clock


def direct(one: Person, other: Person) -> Room:
    return open_direct(other, by=one)


def of_client(client: Person, department: Department, **columns: Any) -> Room:
    now = clock.now()
    return Room.objects.create(
        kind=RoomKind.CLIENT, key=f"client:{client.pk}:{Room.objects.count()}", client=client,
        department=department, created_at=now, asked_at=now,
        **{"state": State.WAITING, **columns},
    )  # fmt: skip


def say(room: Room, by: Person, text: str = "Hello") -> Message:
    return write(room, text, by=by)
