"""Which part of a talk is shown: its end, what is new, around one message, older, newer."""

from __future__ import annotations

from dataclasses import dataclass

from estafeta.chat.models import Message, Room
from estafeta.chat.models.message import MessageQuerySet

PART = 40
ABOVE = 15
"""Above the first unread or the wanted message, so that it does not stand alone."""
MOST_NEW = 200


@dataclass(frozen=True)
class Part:
    """Messages in their order, the one above them, and whether there are more on either side."""

    rows: list[Message]
    before: Message | None
    has_older: bool
    has_newer: bool


def end_of(room: Room) -> Part:
    """The newest."""
    return older(room, None)


def older(room: Room, than: int | None) -> Part:
    """Those before a message."""
    rows = _rows(room)
    if than is not None:
        rows = rows.filter(pk__lt=than)
    found = list(rows.order_by("-pk")[: PART + 1])[::-1]
    above = found[0] if len(found) > PART else None
    return Part(found[-PART:], above, above is not None, has_newer=than is not None)


def newer(room: Room, than: int, *, most: int = PART) -> Part:
    """Those after a message."""
    found = list(_rows(room).filter(pk__gt=than).order_by("pk")[: most + 1])
    above = _rows(room).filter(pk__lte=than).order_by("-pk").first()
    return Part(found[:most], above, above is not None, has_newer=len(found) > most)


def around(room: Room, number: int) -> Part:
    """With some above it and the rest below."""
    upper = list(_rows(room).filter(pk__lt=number).order_by("-pk")[: ABOVE + 1])[::-1]
    lower = list(_rows(room).filter(pk__gte=number).order_by("pk")[: PART + 1])
    above = upper[0] if len(upper) > ABOVE else None
    return Part([*upper[-ABOVE:], *lower[:PART]], above, above is not None, len(lower) > PART)


def opening(room: Room, read_to: int | None) -> Part:
    """The end, unless what is new begins above it."""
    part = end_of(room)
    if read_to and part.has_older and part.rows[0].pk > read_to + 1:
        return around(room, read_to + 1)
    return part


def _rows(room: Room) -> MessageQuerySet:
    return Message.objects.filter(room=room).select_related("author", "answers__author")
