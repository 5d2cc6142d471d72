"""Talks of clients that are open follow a department that becomes part of another."""

from __future__ import annotations

from estafeta.accounts.models import Department
from estafeta.chat.models import Room
from estafeta.chat.models.room import OPEN, RoomKind


def follow(department: Department, into: Department) -> None:
    """Inside the transaction of the merge; one open talk of a client is enough at one place."""
    rows = Room.objects.filter(kind=RoomKind.CLIENT, state__in=OPEN)
    there = rows.filter(department=into).values("client")
    rows.filter(department=department).exclude(client__in=there).update(department=into)
