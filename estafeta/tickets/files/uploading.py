"""A file comes in: looked at, checked, kept as a draft of whoever brought it.

All of it happens before any verb, outside of transactions.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext as _

from estafeta.accounts.models import Site
from estafeta.lib import blobs, clamd, clock, pictures
from estafeta.lib.file_names import file_name
from estafeta.lib.sniff import Kind, Sniffed, sniff
from estafeta.tickets.errors import Invalid, Refused
from estafeta.tickets.models import Attachment

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

MOST_DRAFTS = 500
MOST_DRAFT_BYTES = 2 << 30
"""Of one person: nobody fills the disk with what he never sends."""
PIECE = 1 << 20
MEGABYTE = 1_000_000


class CannotCheck(Refused):
    """Files are checked for viruses here, and nobody could check this one now (503)."""

    def __str__(self) -> str:
        return _("Files are checked for viruses here, and the check does not answer now. "
                 "Nothing was kept; try again in a few minutes.")  # fmt: skip


def keep_draft(file: IO[bytes], name: str, *, by: Person) -> Attachment:
    """Raises Invalid (field `files`) for what is not taken, CannotCheck."""
    name = file_name(name)
    size = file.seek(0, 2)
    _refuse_too_much(name, size, by)
    found = sniff(file, name)
    _refuse_kind(name, found)
    _refuse_virus(name, file)
    with tempfile.TemporaryDirectory(prefix="estafeta-file-") as folder:
        return _keep(Path(folder), file, name, found, by)


def refused_kinds() -> set[str]:
    """Which kinds are not taken here."""
    return set(Site.current().refused_file_kinds.split())


def most_bytes() -> int:
    """Of one file."""
    return min(Site.current().file_megabytes, settings.UPLOAD_MEGABYTES) * MEGABYTE


def most_files() -> int:
    """With one reply, note or verb."""
    return Site.current().files_at_once


def _refuse_too_much(name: str, size: int, by: Person) -> None:
    most = most_bytes()
    if size > most:
        words = _("%(name)s is too large: at most %(most)s MB fit.")
        raise Invalid("files", words % {"name": name, "most": most // MEGABYTE})
    if size == 0:
        raise Invalid("files", _("%(name)s is empty.") % {"name": name})
    drafts = Attachment.objects.drafts_of(by)
    waiting = drafts.aggregate(bytes=Sum("size"))["bytes"] or 0
    if waiting + size > MOST_DRAFT_BYTES or drafts.count() >= MOST_DRAFTS:
        raise Invalid("files", _("You have too many files here that are not sent yet. "
                                 "Send or remove some of them first."))  # fmt: skip


def _refuse_kind(name: str, found: Sniffed) -> None:
    if found.kind not in refused_kinds():
        return
    if found.kind is Kind.PROGRAM:
        words = _("%(name)s is a program. Programs are not accepted here.")
        raise Invalid("files", words % {"name": name})
    words = _("%(name)s is not accepted here. Files of this kind: %(kind)s.")
    raise Invalid("files", words % {"name": name, "kind": found.kind.label})


def _refuse_virus(name: str, file: IO[bytes]) -> None:
    if not settings.CLAMD:
        return
    try:
        virus = clamd.scan(settings.CLAMD, file)
    except clamd.Unreachable as error:
        raise CannotCheck from error
    if virus is not None:
        words = _("%(name)s carries a virus: %(virus)s. It was not kept.")
        raise Invalid("files", words % {"name": name, "virus": virus[:100]})


def _keep(folder: Path, file: IO[bytes], name: str, found: Sniffed, by: Person) -> Attachment:
    source = folder / "original"
    file.seek(0)
    with source.open("wb") as out:
        while piece := file.read(PIECE):
            out.write(piece)
    looks = pictures.look(source, found.type, folder)
    if looks.is_clean:
        source = folder / pictures.CLEAN
    blob = blobs.fresh_name()
    blobs.put(source, blob)
    for picture in (pictures.SMALL, pictures.LARGE):
        if (folder / picture).exists() and looks.width:
            blobs.put(folder / picture, f"{blob}.{picture}")
    return Attachment.objects.create(
        owner=by, name=name, kind=found.kind, type=found.type, size=source.stat().st_size,
        digest=_digest(source), blob=blob, width=looks.width, height=looks.height,
        pages=looks.pages, uploaded_at=clock.now(),
    )  # fmt: skip


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
