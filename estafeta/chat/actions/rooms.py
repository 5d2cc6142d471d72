"""Rooms come to be: of two people when one wants to talk, the others when somebody first looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from estafeta.chat import permissions
from estafeta.chat.errors import NotAllowed
from estafeta.chat.models import Room, RoomKind
from estafeta.chat.visibility import is_staff
from estafeta.lib import clock

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

COMMON = "common"


def open_direct(person: Person, *, by: Person) -> Room:
    """The talk of `by` with somebody else of the staff. Raises NotAllowed."""
    if not permissions.may_open_direct(by, person):
        raise NotAllowed(_("You cannot talk to this person here."))
    first, second = sorted((by, person), key=lambda one: one.pk)
    key = f"{RoomKind.DIRECT}:{first.pk}:{second.pk}"
    return _made(key, RoomKind.DIRECT, first=first, second=second)


def department_room(department: int) -> Room:
    """That of a department."""
    return _made(f"{RoomKind.DEPARTMENT}:{department}", RoomKind.DEPARTMENT, department_id=department)  # fmt: skip


def common_room() -> Room:
    """That of all the staff."""
    return _made(COMMON, RoomKind.COMMON)


def take_seats(person: Person) -> None:
    """See that the rooms are there which somebody has by what he is: one query when they are."""
    standing = person.standing
    wanted = {f"{RoomKind.DEPARTMENT}:{number}": number for number in sorted(standing.member_of)}
    keys = [*wanted, *([COMMON] if is_staff(standing) else [])]
    there = set(Room.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else set()
    for key in keys:
        if key not in there:
            common_room() if key == COMMON else department_room(wanted[key])


def _made(key: str, kind: RoomKind, **columns: Any) -> Room:
    room, _is_new = Room.objects.get_or_create(
        key=key, defaults={"kind": kind, "created_at": clock.now(), **columns}
    )
    return room
