"""Files of talks: how they come in as drafts, are sent with a message, and leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from estafeta.chat.errors import CannotCheck, Invalid
from estafeta.chat.models import Message, RoomFile
from estafeta.files import intake, previews
from estafeta.lib import blobs, clock

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

DRAFTS_LIVE = timedelta(days=14)
MOST_AT_ONCE = 500
"""Forgotten in one go; the schedule comes again."""


def keep_draft(file: IO[bytes], name: str, *, by: Person) -> RoomFile:
    """Outside of transactions. Raises Invalid (field `files`) for what is not taken, CannotCheck."""
    try:
        taken = intake.take(file, name, waiting=RoomFile.objects.drafts_of(by))
    except intake.NotTaken as error:
        raise Invalid("files", str(error)) from None
    except intake.CannotCheck as error:
        raise CannotCheck(str(error)) from error
    return RoomFile.objects.create(owner=by, **taken)


def drafts(wanted: Sequence[int], *, by: Person) -> list[RoomFile]:
    """The drafts with these ids, locked, in order. Raises Invalid."""
    wanted = list(dict.fromkeys(wanted))
    if not wanted:
        return []
    most = intake.most_files()
    if len(wanted) > most:
        words = ngettext("At most %(most)s file at once.", "At most %(most)s files at once.", most)
        raise Invalid("files", words % {"most": most})
    rows = RoomFile.objects.drafts_of(by).select_for_update().in_bulk(wanted)
    if len(rows) != len(wanted):
        raise Invalid("files", _("One of the files is no longer here. Attach it again."))
    return [rows[number] for number in wanted]


def send_with(message: Message, rows: Sequence[RoomFile]) -> None:
    """Put drafts under a message."""
    RoomFile.objects.filter(pk__in=[row.pk for row in rows]).update(message=message)


def discard(row: RoomFile) -> None:
    """Throw a draft away; outside of transactions."""
    gone, _tables = RoomFile.objects.filter(pk=row.pk, message=None).delete()
    if gone:
        _drop(row.all_blobs)


def drop_bytes(row: RoomFile) -> None:
    """The bytes of a removed file go; its line stays. Outside of transactions."""
    _drop(row.all_blobs)
    RoomFile.objects.filter(pk=row.pk, removed_at__isnull=False).update(blob="")


def forget_due() -> int:
    """Drafts that nobody sent, and the bytes of removed files that a crash left behind."""
    old = clock.now() - DRAFTS_LIVE
    found = list(RoomFile.objects.filter(message=None, uploaded_at__lt=old)[:MOST_AT_ONCE])
    for row in found:
        discard(row)
    for row in RoomFile.objects.filter(removed_at__isnull=False).exclude(blob="")[:MOST_AT_ONCE]:
        drop_bytes(row)
    return len(found)


def _drop(names: Iterable[str]) -> None:
    for name in names:
        blobs.blobs().delete(name)
        previews.forget(name)
