"""A talk of a client with an operator becomes a ticket."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from estafeta.accounts.models import Department
from estafeta.chat.operators import becoming
from estafeta.lib import blobs
from estafeta.tickets import submissions
from estafeta.tickets.actions import open_ticket
from estafeta.tickets.errors import Invalid
from estafeta.tickets.files import attachments, uploading
from estafeta.tickets.models import Attachment, Ticket, Topic

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.chat.models import Room, RoomFile
    from estafeta.lib.request_keys import Key

PIECE = 1 << 20


def carry(
    room: Room,
    *,
    by: Person,
    title: str,
    text: str,
    department: Department | None = None,
    topic: Topic | None = None,
    files: Sequence[RoomFile] = (),
    submission: Key | None = None,
) -> Ticket:
    """Open the ticket of whoever asked there, with the files, and keep in the talk that it is one.

    Ticket and mark together or neither; files are looked at as those of any ticket. Raises what
    `open_ticket` and `becoming.became` raise. Sent again with the same key it gives the same ticket.
    """
    if submission and (sent := submissions.known(by, submission)):
        return sent.ticket
    becoming.require_making(room, by=by)
    client = room.client
    assert client is not None
    drafts: list[Attachment] = []
    try:
        for row in files:
            drafts += [_brought(row, by)]
        with transaction.atomic():
            becoming.require_making(becoming.locked(room), by=by)
            entry = open_ticket(
                by=by, title=title, text=text, requester=client, topic=topic,
                department=department, files=[draft.pk for draft in drafts],
                submission=submission,
            )  # fmt: skip
            ticket = entry.ticket
            becoming.became(room, ticket.pk, ticket.written, by=by)
    except Exception:
        for draft in drafts:
            attachments.discard(draft)
        raise
    return ticket


def _brought(row: RoomFile, by: Person) -> Attachment:
    """A copy: what is removed from the talk later stays in the ticket."""
    if not blobs.blobs().exists(row.blob):
        raise Invalid("files", _("%(name)s is no longer here.") % {"name": row.name})
    with tempfile.TemporaryFile() as copy:
        with blobs.blobs().part(row.blob, 0, row.size - 1) as source:
            left = row.size
            while left > 0 and (piece := source.read(min(PIECE, left))):
                copy.write(piece)
                left -= len(piece)
        copy.seek(0)
        return uploading.keep_draft(copy, row.name, by=by)
