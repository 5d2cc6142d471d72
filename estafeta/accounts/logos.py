"""The logo of the installation: whatever is sent is decoded, made small and encoded anew."""

from __future__ import annotations

from typing import IO

from django.utils.translation import gettext as _

from estafeta.accounts import pictures
from estafeta.accounts.errors import Invalid

FOLDER = "brand"
MOST_BYTES = 5 * 1024 * 1024
ROOM = (480, 96)
"""Three times of what it takes on a page, for sharp screens."""


def keep(file: IO[bytes], size: int) -> str:
    """Make a logo of the picture and keep it; gives its name. Outside of transactions."""
    if size > MOST_BYTES:
        raise Invalid.at("logo", _("Choose a picture of at most 5 MB."))
    unreadable = _(
        "This is not a picture we can read. Choose a PNG, JPEG or WebP file; SVG files can "
        "hold programs and are not accepted."
    )
    from PIL import Image

    with pictures.opened(file, field="logo", unreadable=unreadable) as picture:
        small = picture.convert("RGBA")
    small.thumbnail(ROOM)
    clean = Image.new("RGBA", small.size)
    clean.paste(small)
    return pictures.store(clean, FOLDER, lossless=True)


def remove(name: str) -> None:
    """Throw a logo away that nobody points to any more."""
    pictures.remove(FOLDER, name)
