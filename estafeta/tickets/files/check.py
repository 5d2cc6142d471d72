"""Whether the files that lie there are those of which the journal tells."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from estafeta.lib.blobs import blobs
from estafeta.tickets.models import Attachment, Entry

CHUNK = 500
PIECE = 1 << 20


def check_all() -> Iterator[str]:
    """One line for each difference; a few hundred files at a time, their bytes in pieces."""
    after = 0
    while rows := list(Attachment.objects.sent().filter(pk__gt=after).order_by("pk")[:CHUNK]):
        after = rows[-1].pk
        told = _told_of({row.ticket_id for row in rows if row.ticket_id})
        for row in rows:
            if fault := _fault(row, told.get(row.pk)):
                yield f"Ticket {row.ticket_id}, file {row.pk} ({row.name}): {fault}"


def _told_of(tickets: set[int]) -> dict[int, dict[str, Any]]:
    """Id of a file -> what the entry that brought it says."""
    facts = Entry.objects.filter(ticket__in=tickets, facts__has_key="files").order_by("pk")
    found: dict[int, dict[str, Any]] = {}
    for entry in facts.values_list("facts", flat=True).iterator():
        for file in entry["files"]:
            found.setdefault(file["id"], file)
    return found


def _fault(row: Attachment, told: dict[str, Any] | None) -> str:
    if told is None:
        return "no entry tells of it"
    if (told["name"], told["size"], told["sha256"]) != (row.name, row.size, row.digest):
        return "its name, size or digest was changed"
    if row.removed_at is not None:
        return ""
    try:
        digest = _digest(row)
    except OSError:
        return "its bytes are missing"
    return "" if digest == row.digest else "its bytes were changed"


def _digest(row: Attachment) -> str:
    found = hashlib.sha256()
    with blobs().part(row.blob, 0, max(blobs().size(row.blob) - 1, 0)) as file:
        while piece := file.read(PIECE):
            found.update(piece)
    return found.hexdigest()
