"""Files of a ticket: added after it was written, and taken away again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from estafeta.lib import clock
from estafeta.tickets.actions import values
from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.errors import Invalid
from estafeta.tickets.files import attachments
from estafeta.tickets.lists import search
from estafeta.tickets.models import Attachment, Ticket
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


@action(Verb.ATTACH)
def attach(ticket: Ticket, *, by: Person, files: Sequence[int], reason: str = "") -> Done:
    """Add files that everybody on the ticket sees; what is for staff only goes with a note."""
    reason = values.a_reason(reason)
    return Done({"files": attachments.adopt(ticket, files, by=by, required=True), "reason": reason})


@action(Verb.REMOVE_FILE)
def remove_file(ticket: Ticket, *, by: Person, file: int) -> Done:
    """Take one's own file away, soon after it was added. Its name stays in the journal."""
    rows = Attachment.objects.select_for_update(of=("self",)).select_related("comment")
    row = rows.filter(pk=file, ticket=ticket).there().readable_by(by).first()
    if row is None or row.owner_id != by.pk:
        raise Invalid("file", _("This is not a file of yours on this ticket."))
    if not attachments.may_remove(row, by):
        raise Invalid("file", _("The time to remove this file is over."))
    if _proves(ticket, row):
        raise Invalid("file", _("This file proves that the work was done. It stays."))
    row.removed_at = clock.now()
    row.save(update_fields=["removed_at"])
    search.index(ticket)
    transaction.on_commit(lambda: attachments.drop_bytes(row))
    # Its comment, so that the file of a note is spoken of to whoever reads notes.
    return Done({"file": attachments.facts_of(row)}, row.comment if row.is_note else None)


def _proves(ticket: Ticket, row: Attachment) -> bool:
    """It came with the completion."""
    facts = ticket.entries.filter(verb=Verb.COMPLETE).values_list("facts", flat=True)
    return any(file["id"] == row.pk for told in facts for file in told.get("files", ()))
