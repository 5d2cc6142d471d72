"""Talks of clients that are open follow a department that becomes part of another."""

from __future__ import annotations

from estafeta.accounts.models import Department, Person
from estafeta.chat import log
from estafeta.chat.models import MessageKind, Room
from estafeta.chat.models.room import OPEN, RoomKind


def follow(department: Department, into: Department) -> None:
    """Inside the transaction of the merge; one open talk of a client is enough at one place."""
    rows = Room.objects.filter(kind=RoomKind.CLIENT, state__in=OPEN)
    there = rows.filter(department=into).values("client")
    moved = rows.filter(department=department).exclude(client__in=there)
    system = Person.objects.system()
    for room in moved.select_for_update(no_key=True):
        room.department = into
        room.save(update_fields=["department"])
        to = {"kind": "department", "id": into.pk, "name": into.name}
        log.tell(
            room,
            MessageKind.PASSED,
            by=system,
            facts={"to": to, "merged": True, "from": department.pk},
        )
