"""Pictures of the house: opened with care, kept under names that nobody can guess."""

from __future__ import annotations

import secrets
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from estafeta.accounts.errors import Invalid

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = {"JPEG": 50_000_000, "PNG": 16_000_000, "WEBP": 16_000_000, "GIF": 16_000_000}
"""JPEG is unpacked small at once; the others whole, which takes a dozen bytes a pixel."""
_ONE_AT_A_TIME = threading.Lock()
"""Some bytes may hold a picture of millions of pixels: many at once would take all memory."""


@contextmanager
def opened(file: IO[bytes], *, field: str, unreadable: str) -> Iterator[Image.Image]:
    """The picture, not unpacked yet. Raises Invalid at `field` for what is none, or is too large."""
    # Loaded when somebody brings a picture: most processes never see one.
    from PIL import Image, UnidentifiedImageError

    try:
        with _ONE_AT_A_TIME, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(file, formats=tuple(MOST_PIXELS)) as picture:
                # The size stands in the head of the file: a bomb is refused before it is unpacked.
                if picture.width * picture.height > MOST_PIXELS[picture.format or ""]:
                    raise Invalid.at(field, _("This picture has too many pixels."))
                yield picture
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Invalid.at(field, unreadable) from None


def store(picture: Image.Image, folder: str, **how: Any) -> str:
    """Keep it as WebP, encoded `how`; gives its name. Outside of transactions."""
    name = f"{secrets.token_urlsafe(18)}.webp"
    place = Path(settings.MEDIA_ROOT) / folder
    place.mkdir(parents=True, exist_ok=True)
    picture.save(place / name, "WEBP", method=6, **how)
    return name


def remove(folder: str, name: str) -> None:
    """Throw one away that nobody points to any more."""
    if name:
        (Path(settings.MEDIA_ROOT) / folder / Path(name).name).unlink(missing_ok=True)
