"""Pages of PDFs as pictures, drawn when somebody looks and kept for a while on this machine."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from estafeta.lib import blobs, pictures

if TYPE_CHECKING:
    from estafeta.files.stored import StoredFile

MOST_PAGES = 50
KEEP_DAYS = 14


def page_of(row: StoredFile, number: int) -> bytes | None:
    """The picture of one page, counted from 1; None if it cannot be drawn."""
    kept = _folder() / f"{_flat(row.blob)}-{number}.webp"
    if kept.exists():
        return kept.read_bytes()
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="estafeta-page-") as folder:
        source = blobs.local_copy(row.blob, Path(folder) / "paper")
        drawn = Path(folder) / "page.webp"
        if not pictures.draw_page(source, number, drawn):
            return None
        shutil.move(drawn, kept)
    return kept.read_bytes()


def forget(blob: str) -> None:
    """The paper is removed: what was drawn of it goes too."""
    for file in _folder().glob(f"{_flat(blob)}-*.webp"):
        file.unlink(missing_ok=True)


def forget_old() -> int:
    """Throw away what nobody has had drawn lately; how many it was."""
    oldest, gone = time.time() - KEEP_DAYS * 86400, 0
    for file in _folder().glob("*.webp"):
        if file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)
            gone += 1
    return gone


def _flat(blob: str) -> str:
    return blob.replace("/", "-")


def _folder() -> Path:
    return Path(settings.DATA) / "previews"
