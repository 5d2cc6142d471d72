"""Small and large copies of a picture, encoded anew, and the original without what it tells of places."""

from __future__ import annotations

import warnings
from pathlib import Path

from PIL import Image, ImageOps

from estafeta.lib.pictures import CLEAN, LARGE, SMALL, cleaning

MOST_PIXELS = {
    "image/jpeg": 120_000_000,
    "image/png": 50_000_000,
    "image/gif": 20_000_000,
    "image/webp": 50_000_000,
}
"""JPEG is unpacked small at once; the others whole, which takes a dozen bytes a pixel."""
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/webp": "WEBP"}
SMALL_SIDE, LARGE_SIDE = 480, 2000


class TooLarge(Exception):
    """More pixels than are unpacked."""


def look(source: Path, media_type: str, folder: Path) -> dict[str, int]:
    """Raises whatever Pillow raises for what is no picture."""
    is_clean = _clean(source, media_type, folder / CLEAN)
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # the table above is ours
    with Image.open(source, formats=[FORMATS[media_type]]) as picture:
        if picture.width * picture.height > MOST_PIXELS[media_type]:
            raise TooLarge
        picture.draft("RGB", (LARGE_SIDE, LARGE_SIDE))
        large = picture.convert("RGBA") if picture.mode in ("P", "LA", "PA", "RGBA") else picture
        large.thumbnail((LARGE_SIDE, LARGE_SIDE))
        upright = ImageOps.exif_transpose(large)
    if upright.mode not in ("RGB", "RGBA"):
        upright = upright.convert("RGB")
    width, height = upright.size
    save(upright, folder / LARGE)
    upright.thumbnail((SMALL_SIDE, SMALL_SIDE))
    save(upright, folder / SMALL)
    return {"width": width, "height": height, "is_clean": is_clean}


def save(picture: Image.Image, into: Path) -> None:
    """Nothing but pixels goes into it."""
    plain = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    plain.save(into, "WEBP", quality=80, method=4)


def _clean(source: Path, media_type: str, into: Path) -> bool:
    content = source.read_bytes()
    try:
        cleaned = cleaning.CLEANERS[media_type](content)
    except cleaning.Malformed:
        return False
    if cleaned == content:
        return False
    into.write_bytes(cleaned)
    return True
