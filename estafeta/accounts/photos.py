"""Photos of people: whatever is sent is decoded, cut square and encoded anew."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _

from estafeta.accounts import pictures
from estafeta.accounts.errors import Invalid

if TYPE_CHECKING:
    from PIL import Image

FOLDER = "photos"
SIDE = 256
MOST_BYTES = 10 * 1024 * 1024


def keep(file: IO[bytes], size: int) -> str:
    """Make a photo of the file and keep it under a name nobody can guess; gives the name.

    Takes a moment, so it belongs outside of transactions.
    """
    if size > MOST_BYTES:
        raise Invalid.at("photo", _("Choose a picture of at most 10 MB."))
    unreadable = _("This is not a picture we can read. Choose a JPEG, PNG or WebP file.")
    from PIL import Image

    with pictures.opened(file, field="photo", unreadable=unreadable) as picture:
        square = _square(picture)
    ground = Image.new("RGB", square.size, "white")
    ground.paste(square, mask=square.getchannel("A"))
    return pictures.store(ground, FOLDER, quality=82)


def remove(name: str) -> None:
    """Throw a photo away that nobody points to any more."""
    pictures.remove(FOLDER, name)


def _square(picture: Image.Image) -> Image.Image:
    from PIL import ImageOps

    if picture.mode == "P":
        picture = picture.convert("RGBA")
    # Small before anything else is made of it, and still large enough for the square.
    longest = max(picture.size) * SIDE * 2 // max(min(picture.size), 1)
    picture.thumbnail((longest, longest))
    upright = ImageOps.exif_transpose(picture)
    return ImageOps.fit(upright.convert("RGBA"), (SIDE, SIDE))
