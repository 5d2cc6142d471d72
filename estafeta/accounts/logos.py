"""The logo of the installation: whatever is sent is decoded, made small and encoded anew."""

from __future__ import annotations

import secrets
import warnings
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from estafeta.accounts.errors import Invalid
from estafeta.accounts.photos import MOST_PIXELS

FOLDER = "brand"
MOST_BYTES = 5 * 1024 * 1024
ROOM = (480, 96)
"""Three times of what it takes on a page, for sharp screens."""


def keep(file: IO[bytes], size: int) -> str:
    """Make a logo of the picture and keep it; gives its name. Outside of transactions."""
    if size > MOST_BYTES:
        raise Invalid.at("logo", _("Choose a picture of at most 5 MB."))
    picture = _decoded(file)
    name = f"{secrets.token_urlsafe(18)}.webp"
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    picture.save(folder / name, "WEBP", lossless=True, method=6)
    return name


def remove(name: str) -> None:
    """Throw a logo away that nobody points to any more."""
    if name:
        (Path(settings.MEDIA_ROOT) / FOLDER / Path(name).name).unlink(missing_ok=True)


def _decoded(file: IO[bytes]) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(file, formats=tuple(MOST_PIXELS)) as picture:
                # The size stands in the head of the file: a bomb is refused before it is unpacked.
                if picture.width * picture.height > MOST_PIXELS[picture.format or ""]:
                    raise Invalid.at("logo", _("This picture has too many pixels."))
                small = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Invalid.at(
            "logo",
            _("This is not a picture we can read. Choose a PNG, JPEG or WebP file; SVG files can "
              "hold programs and are not accepted."),
        ) from None  # fmt: skip
    small.thumbnail(ROOM)
    clean = Image.new("RGBA", small.size)
    clean.paste(small)
    return clean
