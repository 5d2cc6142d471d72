"""A file comes in: looked at, checked, cleaned, its bytes kept. Whose it is, the caller writes down.

All of it happens outside of transactions.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from estafeta.accounts.models import Site
from estafeta.lib import blobs, clamd, clock, pictures
from estafeta.lib.file_names import file_name
from estafeta.lib.sniff import Kind, Sniffed, sniff

MOST_DRAFTS = 500
MOST_DRAFT_BYTES = 2 << 30
"""Of one person: nobody fills the disk with what he never sends."""
PIECE = 1 << 20
MEGABYTE = 1_000_000


class NotTaken(Exception):
    """The file is not acceptable; `str()` says why in the language of whoever reads it."""


class CannotCheck(Exception):
    """Files are checked for viruses here, and nobody could check this one now."""

    def __str__(self) -> str:
        return _("Files are checked for viruses here, and the check does not answer now. "
                 "Nothing was kept; try again in a few minutes.")  # fmt: skip


def take(file: IO[bytes], name: str, *, waiting: QuerySet[Any]) -> dict[str, Any]:
    """Keep the bytes; gives the values of a `StoredFile`.

    `waiting` are the files of the same person that are not sent yet. Raises NotTaken, CannotCheck.
    """
    name = file_name(name)
    size = file.seek(0, 2)
    _refuse_too_much(name, size, waiting)
    found = sniff(file, name)
    _refuse_kind(name, found)
    _refuse_virus(name, file)
    with tempfile.TemporaryDirectory(prefix="estafeta-file-") as folder:
        return _keep(Path(folder), file, name, found)


def refused_kinds() -> set[str]:
    """Which kinds are not taken here."""
    return set(Site.current().refused_file_kinds.split())


def most_bytes() -> int:
    """Of one file."""
    return min(Site.current().file_megabytes, settings.UPLOAD_MEGABYTES) * MEGABYTE


def most_files() -> int:
    """With one message."""
    return Site.current().files_at_once


def _refuse_too_much(name: str, size: int, waiting: QuerySet[Any]) -> None:
    most = most_bytes()
    if size > most:
        words = _("%(name)s is too large: at most %(most)s MB fit.")
        raise NotTaken(words % {"name": name, "most": most // MEGABYTE})
    if size == 0:
        raise NotTaken(_("%(name)s is empty.") % {"name": name})
    kept = waiting.aggregate(bytes=Sum("size"))["bytes"] or 0
    if kept + size > MOST_DRAFT_BYTES or waiting.count() >= MOST_DRAFTS:
        raise NotTaken(_("You have too many files here that are not sent yet. "
                         "Send or remove some of them first."))  # fmt: skip


def _refuse_kind(name: str, found: Sniffed) -> None:
    if found.kind not in refused_kinds():
        return
    if found.kind is Kind.PROGRAM:
        words = _("%(name)s is a program. Programs are not accepted here.")
        raise NotTaken(words % {"name": name})
    words = _("%(name)s is not accepted here. Files of this kind: %(kind)s.")
    raise NotTaken(words % {"name": name, "kind": found.kind.label})


def _refuse_virus(name: str, file: IO[bytes]) -> None:
    if not settings.CLAMD:
        return
    try:
        virus = clamd.scan(settings.CLAMD, file)
    except clamd.Unreachable as error:
        raise CannotCheck from error
    if virus is not None:
        words = _("%(name)s carries a virus: %(virus)s. It was not kept.")
        raise NotTaken(words % {"name": name, "virus": virus[:100]})


def _keep(folder: Path, file: IO[bytes], name: str, found: Sniffed) -> dict[str, Any]:
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
    return {
        "name": name, "kind": found.kind, "type": found.type, "size": source.stat().st_size,
        "digest": _digest(source), "blob": blob, "width": looks.width, "height": looks.height,
        "pages": looks.pages, "uploaded_at": clock.now(),
    }  # fmt: skip


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
