"""Photos of people: whatever is sent is decoded, cut square and encoded anew."""

from __future__ import annotations

import secrets
import threading
import warnings
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from estafeta.accounts.errors import Invalid

FOLDER = "photos"
SIDE = 256
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = {"JPEG": 50_000_000, "PNG": 16_000_000, "WEBP": 16_000_000, "GIF": 16_000_000}
"""JPEG is unpacked small at once; the others whole, which takes a dozen bytes a pixel."""
_ONE_AT_A_TIME = threading.Lock()
"""Some bytes may hold a picture of millions of pixels: many at once would take all memory."""


def keep(file: IO[bytes], size: int) -> str:
    """Make a photo of the file and keep it under a name nobody can guess; gives the name.

    Takes a moment, so it belongs outside of transactions.
    """
    if size > MOST_BYTES:
        raise Invalid.at("photo", _("Choose a picture of at most 10 MB."))
    picture = _decoded(file)
    name = f"{secrets.token_urlsafe(18)}.webp"
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    picture.save(folder / name, "WEBP", quality=82, method=6)
    return name


def remove(name: str) -> None:
    """Throw a photo away that nobody points to any more."""
    if name:
        (Path(settings.MEDIA_ROOT) / FOLDER / Path(name).name).unlink(missing_ok=True)


def _decoded(file: IO[bytes]) -> Image.Image:
    try:
        with _ONE_AT_A_TIME, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(file, formats=tuple(MOST_PIXELS)) as picture:
                square = _square(picture)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Invalid.at(
            "photo", _("This is not a picture we can read. Choose a JPEG, PNG or WebP file.")
        ) from None
    ground = Image.new("RGB", square.size, "white")
    ground.paste(square, mask=square.getchannel("A"))
    return ground


def _square(picture: Image.Image) -> Image.Image:
    # The size stands in the head of the file: a bomb is refused before it is unpacked.
    if picture.width * picture.height > MOST_PIXELS[picture.format or ""]:
        raise Invalid.at("photo", _("This picture has too many pixels."))
    if picture.mode == "P":
        picture = picture.convert("RGBA")
    # Small before anything else is made of it, and still large enough for the square.
    longest = max(picture.size) * SIDE * 2 // max(min(picture.size), 1)
    picture.thumbnail((longest, longest))
    upright = ImageOps.exif_transpose(picture)
    return ImageOps.fit(upright.convert("RGBA"), (SIDE, SIDE))
