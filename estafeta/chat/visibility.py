"""Who sees a room. The one rule: pages, search, files, API, streams and recipients ask here.

A table of ways, as for tickets: a kind of room, a column of it, and the keys that a person holds.
From it come the filter for the database (`visible`) and the answer for a room in memory (`sees`).
Nobody reads the talks of others by his rank: neither directors nor administrators.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from estafeta.accounts.standing import Standing

if TYPE_CHECKING:
    from estafeta.chat.models import Room


class RoomKind(models.TextChoices):
    """Who meets there."""

    DIRECT = "direct", _("Two people")
    DEPARTMENT = "department", _("A department")
    COMMON = "common", _("Everybody")
    CLIENT = "client", _("A client and an operator")


@dataclass(frozen=True)
class Way:
    """One way to see rooms of a kind: whoever holds the value of the column."""

    kind: RoomKind
    column: str
    held: Callable[[Standing], Collection[object]]


def is_staff(standing: Standing) -> bool:
    """Belongs to a department, directs or administers: not a client."""
    return standing.is_agent or standing.is_administrator


def _oneself(standing: Standing) -> Collection[object]:
    return (standing.person,)


def _common_to_staff(standing: Standing) -> Collection[object]:
    return (RoomKind.COMMON.value,) if is_staff(standing) else ()


WAYS: tuple[Way, ...] = (
    Way(RoomKind.DIRECT, "first_id", _oneself),
    Way(RoomKind.DIRECT, "second_id", _oneself),
    Way(RoomKind.DEPARTMENT, "department_id", lambda s: s.member_of),
    Way(RoomKind.COMMON, "key", _common_to_staff),
    Way(RoomKind.CLIENT, "client_id", _oneself),
    Way(RoomKind.CLIENT, "department_id", lambda s: s.departments),
)


def visible(standing: Standing) -> Q:
    """The rule as a filter of rooms: plain columns only, so rows stay lockable."""
    rule = Q(pk__in=[])
    if not standing.is_active:
        return rule
    for way in WAYS:
        if keys := way.held(standing):
            rule |= Q(kind=way.kind, **{f"{way.column}__in": sorted(keys, key=str)})
    return rule


def sees(standing: Standing, room: Room) -> bool:
    """The rule for one room in memory."""
    return standing.is_active and any(
        room.kind == way.kind and getattr(room, way.column) in way.held(standing) for way in WAYS
    )
