"""Files become part of a ticket, inside the verb that brings them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from estafeta.accounts.models import Site
from estafeta.files import previews
from estafeta.lib import blobs, clock
from estafeta.lib.pictures import DRAWN
from estafeta.lib.sniff import Kind
from estafeta.tickets.errors import Invalid
from estafeta.tickets.lists import search
from estafeta.tickets.models import Attachment, Comment, Ticket

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

DRAFTS_LIVE = timedelta(days=14)
"""As long as a browser remembers the text that they belong to."""
MOST_AT_ONCE = 500
"""Forgotten in one go; the schedule comes again."""


def adopt(
    ticket: Ticket,
    files: Sequence[int],
    *,
    by: Person,
    comment: Comment | None = None,
    required: bool = False,
    field: str = "files",
) -> list[dict[str, Any]]:
    """Put drafts (their ids, in order) under the ticket; gives the facts for `facts["files"]`.

    For the body of a verb. With a note as `comment` they are for staff only. Raises Invalid for what
    is not a draft of `by`, for too many, and for none when `required`.
    """
    wanted = list(dict.fromkeys(files))
    if not wanted:
        if required:
            raise Invalid(field, _("Choose a file first."))
        return []
    most = Site.current().files_at_once
    if len(wanted) > most:
        words = ngettext("At most %(most)s file at once.", "At most %(most)s files at once.", most)
        raise Invalid(field, words % {"most": most})
    rows = Attachment.objects.drafts_of(by).select_for_update().in_bulk(wanted)
    if len(rows) != len(wanted):
        raise Invalid(field, _("One of the files is no longer here. Attach it again."))
    is_note, now = bool(comment and comment.is_note), clock.now()
    Attachment.objects.filter(pk__in=wanted).update(
        ticket=ticket, comment=comment, is_note=is_note, attached_at=now
    )
    found = [rows[number] for number in wanted]
    search.append_names(ticket.pk, [row.name for row in found], is_note=is_note)
    return [facts_of(row) for row in found]


def facts_of(row: Attachment) -> dict[str, Any]:
    """What the journal keeps: enough to prove later which bytes they were."""
    return {
        "id": row.pk, "name": row.name, "size": row.size, "kind": row.kind, "sha256": row.digest,
    }  # fmt: skip


def kinds_of(files: Iterable[int], *, by: Person) -> list[str]:
    """Of somebody's drafts: for verbs that want a picture, which is one that could be drawn."""
    rows = Attachment.objects.drafts_of(by).filter(pk__in=list(files))
    return [Kind.OTHER if row.type in DRAWN and not row.is_drawn else row.kind for row in rows]


def removable_until(row: Attachment) -> Any:
    """Up to when its owner may take it away again; None for a draft."""
    minutes = Site.current().file_removable_minutes
    return row.attached_at + timedelta(minutes=minutes) if row.attached_at else None


def may_remove(row: Attachment, person: Person) -> bool:
    """His own, there, and not for long."""
    until = removable_until(row)
    return row.owner_id == person.pk and row.removed_at is None and until and clock.now() < until


def discard(row: Attachment) -> None:
    """Throw a draft away; outside of transactions."""
    names = [] if _is_shared(row) else row.all_blobs
    gone, _tables = Attachment.objects.filter(pk=row.pk, ticket=None).delete()
    if gone:
        _drop(names)


def drop_bytes(row: Attachment) -> None:
    """The bytes of a removed file go; its line stays. Outside of transactions."""
    _drop([] if _is_shared(row) else row.all_blobs)
    Attachment.objects.filter(pk=row.pk, removed_at__isnull=False).update(blob="")


def let_go(ticket: Ticket) -> None:
    """The ticket is removed for good: its files are nobody's, nameless, and their bytes are due."""
    Attachment.objects.filter(ticket=ticket).update(
        ticket=None, comment=None, name="", digest="", removed_at=clock.now()
    )


def forget_due() -> int:
    """Drafts that nobody sent, and the bytes of removed files that a crash left behind."""
    old = clock.now() - DRAFTS_LIVE
    drafts = list(Attachment.objects.filter(ticket=None, uploaded_at__lt=old)[:MOST_AT_ONCE])
    for row in drafts:
        discard(row)
    for row in Attachment.objects.filter(removed_at__isnull=False).exclude(blob="")[:MOST_AT_ONCE]:
        drop_bytes(row)
    Attachment.objects.filter(ticket=None, removed_at__isnull=False, blob="").delete()
    return len(drafts)


def _is_shared(row: Attachment) -> bool:
    """Whether the same bytes lie under another ticket too, into which a comment was split."""
    others = Attachment.objects.filter(blob=row.blob, removed_at=None).exclude(pk=row.pk)
    return bool(row.blob) and others.exists()


def _drop(names: Iterable[str]) -> None:
    for name in names:
        blobs.blobs().delete(name)
        previews.forget(name)
