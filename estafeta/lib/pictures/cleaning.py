"""A picture's file without what it tells besides the picture: place, device numbers, hidden guests.

The pixels are copied as they are. Of a photo the moment, the make of the camera and the way up stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PIL import Image


class Malformed(Exception):
    """Not built as such a file is."""


KEPT_TAGS = (0x0112, 0x010F, 0x0110, 0x0132)
"""Way up, make, model, moment of change."""
_EXIF_FOLDER, _KEPT_IN_FOLDER = 0x8769, (0x9003, 0x9004, 0x9010, 0x9011)
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP acTL fcTL fdAT".split()
)
_WEBP_LEFT_OUT = (b"EXIF", b"XMP ")


def _of_exif(content: bytes) -> bytes:
    """The few tags that stay, or nothing."""
    old, new = Image.Exif(), Image.Exif()
    try:
        old.load(content)
        new.update({tag: old[tag] for tag in KEPT_TAGS if tag in old})
        folder = {t: v for t, v in old.get_ifd(_EXIF_FOLDER).items() if t in _KEPT_IN_FOLDER}
        if folder:
            new.get_ifd(_EXIF_FOLDER).update(folder)
        return new.tobytes() if len(new) or folder else b""
    except Exception:  # whatever is wrong inside: then nothing of it stays
        return b""


def clean_jpeg(content: bytes) -> bytes:
    """Segments of tables and pixels, the colour profile, and a short Exif; nothing after the end."""
    out = bytearray(b"\xff\xd8")
    place = 2
    while True:
        if place + 4 > len(content) or content[place] != 0xFF:
            raise Malformed
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker == 0xD9:
            return bytes(out + b"\xff\xd9")
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        if end > len(content) or end < place + 4:
            raise Malformed
        out += _segment(marker, content[place:end])
        place = end
        if marker == 0xDA:
            end = _end_of_pixels(content, place)
            out += content[place:end]
            place = end
            if content[place : place + 2] == b"\xff\xd9":
                return bytes(out + b"\xff\xd9")


def _segment(marker: int, segment: bytes) -> bytes:
    body = segment[4:]
    if marker == 0xE1 and body.startswith(b"Exif\0\0"):
        kept = _of_exif(body)
        kept = kept if kept.startswith(b"Exif") or not kept else b"Exif\0\0" + kept
        return b"\xff\xe1" + (len(kept) + 2).to_bytes(2, "big") + kept if kept else b""
    if marker == 0xE2 and not body.startswith(b"ICC_PROFILE"):
        return b""
    if marker in (0xE1, 0xFE) or 0xE3 <= marker <= 0xED or marker == 0xEF:
        return b""
    return segment


def _end_of_pixels(content: bytes, place: int) -> int:
    """The next marker after compressed pixels: 00 and RST belong to them."""
    while (place := content.find(b"\xff", place)) >= 0 and place + 1 < len(content):
        following = content[place + 1]
        if following == 0 or 0xD0 <= following <= 0xD7:
            place += 2
        elif following == 0xFF:
            place += 1
        else:
            return place
    raise Malformed


def clean_png(content: bytes) -> bytes:
    """The chunks that draw; nothing after the last."""
    out = bytearray(content[:8])
    for name, chunk in _png_chunks(content):
        if name in _PNG_KEPT:
            out += chunk
        if name == b"IEND":
            return bytes(out)
    raise Malformed


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 8
    while place + 12 <= len(content):
        end = place + 12 + int.from_bytes(content[place : place + 4], "big")
        if end > len(content):
            raise Malformed
        yield content[place + 4 : place + 8], content[place:end]
        place = end


def clean_webp(content: bytes) -> bytes:
    """Without Exif and XMP, and their marks in the head."""
    size = int.from_bytes(content[4:8], "little") + 8
    if size > len(content) + 1:
        raise Malformed
    out, place = bytearray(content[:12]), 12
    while place + 8 <= min(size, len(content)):
        length = int.from_bytes(content[place + 4 : place + 8], "little")
        end = place + 8 + length + length % 2
        name, chunk = content[place : place + 4], bytearray(content[place:end])
        if name == b"VP8X":
            chunk[8] &= ~0x0C & 0xFF
        if name not in _WEBP_LEFT_OUT:
            out += chunk
        place = end
    out[4:8] = (len(out) - 8).to_bytes(4, "little")
    return bytes(out)


def clean_gif(content: bytes) -> bytes:
    """A GIF tells of no place; it is left as it is."""
    return content


CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "image/jpeg": clean_jpeg,
    "image/png": clean_png,
    "image/webp": clean_webp,
    "image/gif": clean_gif,
}
