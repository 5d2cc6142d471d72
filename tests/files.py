"""Files for tests: pictures with a place, papers, bombs."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>endobj
4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>endobj
trailer<</Root 1 0 R>>
"""


def photo(
    width: int = 640, height: int = 480, *, turned: bool = False, ending: bytes = b""
) -> bytes:
    """A JPEG that says where and with what it was taken; `ending` hides behind the picture."""
    picture = Image.new("RGB", (width, height), "teal")
    exif = Image.Exif()
    exif[0x010F] = "Telephone"
    exif[0x0112] = 6 if turned else 1
    exif.get_ifd(0x8769)[0x9003] = "2026:11:24 10:00:00"
    exif.get_ifd(0x8769)[0x927C] = b"SECRETMAKERNOTE"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (55.0, 45.0, 1.0), "E", (37.0, 37.0, 1.0)
    out = io.BytesIO()
    xmp = b"<x:xmpmeta><exif:GPSLatitude>55,45N</exif:GPSLatitude></x:xmpmeta>"
    picture.save(out, "JPEG", exif=exif, xmp=xmp, comment=b"SECRETCOMMENT", quality=90)
    return out.getvalue() + ending


def png(width: int = 300, height: int = 200, *, text: bytes = b"", ending: bytes = b"") -> bytes:
    """A PNG; `text` is said in a chunk of its own."""
    out = io.BytesIO()
    Image.new("RGBA", (width, height), (200, 30, 30, 128)).save(out, "PNG")
    content = out.getvalue()
    if text:
        content = content[:33] + _chunk(b"tEXt", b"Place\0" + text) + content[33:]
    return content + ending


def bomb(side: int = 60_000) -> bytes:
    """A PNG of some kilobytes that would be gigabytes of pixels."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(side * 3 + 1)) for _row in range(50)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )
