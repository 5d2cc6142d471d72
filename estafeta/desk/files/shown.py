"""Files as the story and the list of a ticket draw them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from estafeta.desk.files.words import size_of
from estafeta.files.answers import INLINE
from estafeta.files.previews import MOST_PAGES
from estafeta.files.stored import StoredFile
from estafeta.lib.prepared import Prepared
from estafeta.tickets.files.attachments import may_remove
from estafeta.tickets.models import Attachment

if TYPE_CHECKING:
    from datetime import datetime

    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Entry


@dataclass(frozen=True)
class Card:
    """`look` says what the viewer shows: picture, paper, video, sound, or nothing ("")."""

    id: int
    name: str
    size: str
    url: str
    download: str
    look: str = ""
    thumb: str = ""
    large: str = ""
    pages: int = 0
    page_url: str = ""
    """Where its page 0 would be; the viewer puts other numbers there."""
    width: int = 0
    height: int = 0
    remove: str = ""
    is_removed: bool = False
    is_note: bool = False
    owner: Any = None
    at: datetime | None = None


def of_entries(entries: Iterable[Entry], reader: Person) -> dict[int, Card]:
    """Id -> card, for all files that these entries brought: one query, and none without files."""
    ids = [file["id"] for entry in entries for file in entry.facts.get("files", ())]
    if not ids:
        return {}
    rows = (row for row in _ROWS(ids=ids) if reader.is_agent or not row.is_note)
    return {row.pk: _card(row, reader) for row in rows}


def cards_of(rows: Sequence[Attachment], reader: Person) -> list[Card]:
    """For a list that names owners too."""
    return [_card(row, reader, owner=row.owner) for row in rows]


_ROWS: Prepared[Attachment] = Prepared(
    lambda ids: Attachment.objects.filter(pk__in=ids).order_by("pk")
)


def _card(row: Attachment, reader: Person, *, owner: Any = None) -> Card:
    if row.removed_at is not None:
        return Card(row.pk, row.name, size_of(row.size), "", "", is_removed=True)
    url = reverse("file", args=[row.pk, row.name])
    may = row.ticket_id is not None and may_remove(row, reader)
    verb = reverse("ticket_verb", args=[row.ticket_id, "remove_file"]) if may else ""
    return Card(
        id=row.pk,
        name=row.name,
        size=size_of(row.size),
        url=url,
        download=f"{url}?download",
        look=look_of(row),
        thumb=reverse("file_picture", args=[row.pk, "small"]) if row.width else "",
        large=reverse("file_picture", args=[row.pk, "large"]) if row.is_drawn else "",
        pages=min(row.pages, MOST_PAGES),
        page_url=reverse("file_page", args=[row.pk, 0]) if row.pages else "",
        width=row.width,
        height=row.height,
        remove=f"{verb}?file={row.pk}" if verb else "",
        is_note=row.is_note,
        owner=owner,
        at=row.attached_at,
    )


def look_of(row: StoredFile) -> str:
    """What the viewer shows of it."""
    if row.is_drawn:
        return "picture"
    if row.pages and row.width:
        return "paper"
    if row.type in INLINE and row.kind in ("video", "sound"):
        return row.kind
    return ""
