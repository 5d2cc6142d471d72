"""How a file leaves: with its name, a type that runs nothing, and headers that keep it so.

Whoever calls has asked the rule of sight. The bytes are sent by `lib/handed_files.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from estafeta.lib.handed_files import HEADER

if TYPE_CHECKING:
    from estafeta.files.stored import StoredFile

INLINE = frozenset(
    {
        "image/jpeg", "image/png", "image/gif", "image/webp",
        "video/mp4", "video/webm", "video/ogg", "audio/mpeg", "audio/ogg", "audio/wav", "audio/mp4",
        "audio/flac",
    }
)  # fmt: skip
"""Known to be safe in a browser. Pictures only if they were decoded here."""
_POLICY = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
UNKNOWN = "application/octet-stream"
_DOWNLOADED = frozenset({"application/pdf", "application/zip"})
"""Types that tell the browser which program opens them, and run nothing here."""


def original(row: StoredFile, *, download: bool) -> HttpResponse:
    """As it was brought: shown where that is safe, else saved."""
    is_safe = row.type in INLINE and (row.is_drawn or not row.type.startswith("image/"))
    keeps_type = is_safe or row.type in _DOWNLOADED or row.type.startswith("application/vnd.")
    response = _handed(row.blob, row.type if keeps_type else UNKNOWN)
    told = content_disposition_header(download or not is_safe, row.name)
    response.headers["Content-Disposition"] = told or "attachment"
    return response


def picture(row: StoredFile, blob: str) -> HttpResponse:
    """One that was made here."""
    return _handed(blob, "image/webp")


def drawn_now(content: bytes) -> HttpResponse:
    """Made for this request."""
    return _guarded(HttpResponse(content, content_type="image/webp"))


def _handed(blob: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content_type=media_type)
    response.headers[HEADER] = blob
    return _guarded(response)


def _guarded(response: HttpResponse) -> HttpResponse:
    response.headers["Content-Security-Policy"] = _POLICY
    # Kept by the browser, but asked for each time: sight may have been lost meanwhile.
    response.headers["Cache-Control"] = "private, no-cache"
    return response
