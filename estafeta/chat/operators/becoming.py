"""A talk as the text of a ticket; that the ticket exists is told from above."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from estafeta.chat import log, permissions
from estafeta.chat.errors import NotNow
from estafeta.chat.models import Message, MessageKind, Room, RoomFile
from estafeta.chat.permissions import Deed, Relation
from estafeta.lib.markdown import handles, plain
from estafeta.lib.text import excerpt

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

LONGEST_TITLE = 150
MOST_MESSAGES = 1000
"""Of a longer talk the beginning."""
_MARKS = re.compile(r"([\\`*_{}\[\]<>#])")


def title_of(room: Room) -> str:
    """The first line of the first question."""
    first = _written(room).first()
    lines = first.text.strip().splitlines() if first else []
    return excerpt(plain(lines[0]), LONGEST_TITLE) if lines else ""


def transcript(room: Room) -> str:
    """Who said what and when, in the language and zone of the moment; Markdown."""
    rows = list(_written(room).select_related("author")[:MOST_MESSAGES])
    day = date_format(localtime(room.asked_at or room.created_at), "DATE_FORMAT")
    words = _("Talk with an operator on %(day)s") % {"day": day}
    files = _names_of_files(rows)
    parts = [f"[{words}](/chat/{room.pk})", *(_said(row, files.get(row.pk, [])) for row in rows)]
    return "\n\n".join(parts)


def files_of(room: Room) -> list[RoomFile]:
    """What was sent in it and is still there."""
    sent = RoomFile.objects.there().filter(message__room=room, message__deleted_at=None)
    return list(sent.exclude(blob="").order_by("pk"))


def require_making(room: Room, *, by: Person) -> None:
    """Raises NotAllowed, and NotNow where it has become a ticket already."""
    permissions.require(Deed.MAKE_TICKET, Relation(by, room))
    if room.ticket_number is not None:
        raise NotNow(_("The talk has become a ticket already."))


def locked(room: Room) -> Room:
    """The row, held until the transaction ends: two at once make one ticket."""
    return Room.objects.select_for_update(no_key=True).get(pk=room.pk)


def became(room: Room, number: int, label: str, *, by: Person) -> None:
    """Keep that the talk is this ticket now. Raises NotAllowed, NotNow."""
    with transaction.atomic():
        row = locked(room)
        require_making(row, by=by)
        row.ticket_number = number
        row.save(update_fields=["ticket_number"])
        facts: dict[str, Any] = {"number": label, "ticket": number}
        log.tell(row, MessageKind.TICKET, by=by, facts=facts)
    room.ticket_number = number


def _written(room: Room) -> Any:
    return room.messages.written().order_by("pk")


def _said(row: Message, files: list[str]) -> str:
    name = _MARKS.sub(r"\\\1", row.author.name)
    clock = date_format(localtime(row.written_at), "TIME_FORMAT")
    text = _without_calls(row.text)
    if files:
        names = _("Files: %(names)s") % {"names": _MARKS.sub(r"\\\1", ", ".join(files))}
        text = f"{text}\n\n{names}".strip()
    return f"**{name}**, {clock}\n\n{text}"


def _without_calls(text: str) -> str:
    """Who was called by name in the talk is not called again."""
    for handle in sorted(handles(text), key=len, reverse=True):
        text = text.replace(f"@{handle}", f"&#64;{handle}")
    return text


def _names_of_files(rows: list[Message]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    sent = RoomFile.objects.there().filter(message__in=rows).order_by("pk")
    for message, name in sent.values_list("message", "name"):
        found.setdefault(message or 0, []).append(name)
    return found
