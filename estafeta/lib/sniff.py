"""What a file is, told from its bytes: names, and what a browser says of them, are not believed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from django.db import models
from django.utils.translation import gettext_lazy as _

HEAD = 8192
TAIL = 65_536


class Kind(models.TextChoices):
    """What people call it."""

    PICTURE = "picture", _("Pictures")
    DOCUMENT = "document", _("Documents")
    TEXT = "text", _("Texts")
    ARCHIVE = "archive", _("Archives")
    SOUND = "sound", _("Sound")
    VIDEO = "video", _("Video")
    PROGRAM = "program", _("Programs and scripts")
    OTHER = "other", _("Anything else")


@dataclass(frozen=True)
class Sniffed:
    """`type` is a media type."""

    type: str
    kind: Kind


UNKNOWN = Sniffed("application/octet-stream", Kind.OTHER)
_PROGRAM = Sniffed("application/octet-stream", Kind.PROGRAM)
_HTML = Sniffed("text/html", Kind.DOCUMENT)
_SVG = Sniffed("image/svg+xml", Kind.DOCUMENT)
_TEXT = Sniffed("text/plain", Kind.TEXT)

_BEGINNINGS: tuple[tuple[bytes, Sniffed], ...] = (
    (b"\xff\xd8\xff", Sniffed("image/jpeg", Kind.PICTURE)),
    (b"\x89PNG\r\n\x1a\n", Sniffed("image/png", Kind.PICTURE)),
    (b"GIF87a", Sniffed("image/gif", Kind.PICTURE)),
    (b"GIF89a", Sniffed("image/gif", Kind.PICTURE)),
    (b"II*\0", Sniffed("image/tiff", Kind.PICTURE)),
    (b"MM\0*", Sniffed("image/tiff", Kind.PICTURE)),
    (b"%PDF-", Sniffed("application/pdf", Kind.DOCUMENT)),
    (b"{\\rtf", Sniffed("application/rtf", Kind.DOCUMENT)),
    (b"\x1a\x45\xdf\xa3", Sniffed("video/webm", Kind.VIDEO)),
    (b"OggS", Sniffed("audio/ogg", Kind.SOUND)),
    (b"ID3", Sniffed("audio/mpeg", Kind.SOUND)),
    (b"\xff\xfb", Sniffed("audio/mpeg", Kind.SOUND)),
    (b"\xff\xf3", Sniffed("audio/mpeg", Kind.SOUND)),
    (b"fLaC", Sniffed("audio/flac", Kind.SOUND)),
    (b"7z\xbc\xaf\x27\x1c", Sniffed("application/x-7z-compressed", Kind.ARCHIVE)),
    (b"Rar!\x1a\x07", Sniffed("application/vnd.rar", Kind.ARCHIVE)),
    (b"\x1f\x8b", Sniffed("application/gzip", Kind.ARCHIVE)),
    (b"BZh", Sniffed("application/x-bzip2", Kind.ARCHIVE)),
    (b"\xfd7zXZ\0", Sniffed("application/x-xz", Kind.ARCHIVE)),
    (b"\x28\xb5\x2f\xfd", Sniffed("application/zstd", Kind.ARCHIVE)),
    (b"MSCF", Sniffed("application/vnd.ms-cab-compressed", Kind.ARCHIVE)),
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"\xfe\xed\xfa", _PROGRAM),
    (b"\xce\xfa\xed\xfe", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"dex\n", _PROGRAM),
    (b"\x4c\0\0\0\x01\x14\x02\0", _PROGRAM),
    (b"#!", _PROGRAM),
)
_RIFF = {
    b"WEBP": Sniffed("image/webp", Kind.PICTURE),
    b"WAVE": Sniffed("audio/wav", Kind.SOUND),
    b"AVI ": Sniffed("video/x-msvideo", Kind.VIDEO),
}
_BRANDS = {
    b"heic": Sniffed("image/heic", Kind.PICTURE),
    b"heix": Sniffed("image/heic", Kind.PICTURE),
    b"mif1": Sniffed("image/heif", Kind.PICTURE),
    b"msf1": Sniffed("image/heif", Kind.PICTURE),
    b"avif": Sniffed("image/avif", Kind.PICTURE),
    b"qt  ": Sniffed("video/quicktime", Kind.VIDEO),
    b"M4A ": Sniffed("audio/mp4", Kind.SOUND),
}
_IN_ZIP = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_OPEN_DOCUMENT = re.compile(rb"application/(vnd\.oasis\.opendocument\.[a-z-]{3,30}|epub\+zip)")
_MSI = bytes.fromhex("84100c0000000000c000000000000046")
# A text is harmless by its bytes, but one press on such a name runs it.
_RUNS_BY_NAME = frozenset(
    ".apk .app .bat .cmd .com .cpl .exe .hta .jar .js .jse .lnk .msc .msi .msp .pif .ps1 .psm1 .py .reg "
    ".scf .scr .sh .url .vb .vbe .vbs .ws .wsf .wsh".split()
)


def sniff(file: IO[bytes], name: str = "") -> Sniffed:
    """Look at the beginning and the end; nothing is unpacked, so no bomb goes off."""
    file.seek(0)
    head = file.read(HEAD)
    found = _look(file, head)
    file.seek(0)
    runs = PurePath(name.strip().rstrip(".")).suffix.lower() in _RUNS_BY_NAME
    return Sniffed(found.type, Kind.PROGRAM) if runs else found


def _look(file: IO[bytes], head: bytes) -> Sniffed:
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], Sniffed("video/mp4", Kind.VIDEO))
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip(file, head)
    if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return (
            _PROGRAM
            if _is_installer(file, head)
            else Sniffed("application/x-ole-storage", Kind.DOCUMENT)
        )
    for beginning, found in _BEGINNINGS:
        if head.startswith(beginning):
            if found.kind is Kind.PROGRAM and beginning == b"MZ" and len(head) < 64:
                continue
            if beginning == b"\x1a\x45\xdf\xa3" and b"webm" not in head[:64]:
                return Sniffed("video/x-matroska", Kind.VIDEO)
            if beginning == b"OggS" and b"theora" in head[:128]:
                return Sniffed("video/ogg", Kind.VIDEO)
            return found
    if head[257:262] == b"ustar":
        return Sniffed("application/x-tar", Kind.ARCHIVE)
    return _text(head)


def _zip(file: IO[bytes], head: bytes) -> Sniffed:
    """By the names in its first and last bytes; the whole list of a hostile one fills the memory."""
    size = file.seek(0, 2)
    file.seek(max(size - TAIL, 0))
    names = head + file.read(TAIL)
    if head[30:38] == b"mimetype" and (told := _OPEN_DOCUMENT.match(head, 38)):
        return Sniffed(told[0].decode(), Kind.DOCUMENT)
    if b"AndroidManifest.xml" in names or b"META-INF/MANIFEST.MF" in names:
        return _PROGRAM
    if b"[Content_Types].xml" in names:
        for folder, media_type in _IN_ZIP:
            if folder in names:
                return Sniffed(media_type, Kind.DOCUMENT)
    return Sniffed("application/zip", Kind.ARCHIVE)


def _is_installer(file: IO[bytes], head: bytes) -> bool:
    """The class id of the root entry tells an installer from a document."""
    shift = int.from_bytes(head[30:32], "little")
    sector = int.from_bytes(head[48:52], "little")
    if not 7 <= shift <= 12:
        return False
    file.seek(((sector + 1) << shift) + 80)
    return file.read(16) == _MSI


def _text(head: bytes) -> Sniffed:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Sniffed("text/plain", Kind.TEXT)
    if not head or b"\0" in head:
        return UNKNOWN if head else _TEXT
    strange = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    if strange * 50 > len(head):
        return UNKNOWN
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:2000].lower()
    if b"<svg" in start and start.startswith(b"<"):
        return _SVG
    if start.startswith((b"<!doctype html", b"<html", b"<script", b"<head", b"<body", b"<iframe")):
        return _HTML
    return _TEXT
