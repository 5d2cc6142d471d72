"""Pages of a PDF as pictures: no script of the document ever comes near a browser."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

from estafeta.lib.pictures import SMALL
from estafeta.lib.pictures.drawn import SMALL_SIDE, save

PAGE_SIDE = 1600


def look(source: Path, folder: Path) -> dict[str, int]:
    """How many pages, and the first one small."""
    document = pypdfium2.PdfDocument(source)
    first = _drawn(document, 1, SMALL_SIDE)
    save(first, folder / SMALL)
    return {"width": first.width, "height": first.height, "pages": len(document)}


def draw(source: Path, number: int, into: Path) -> None:
    """One page, large."""
    save(_drawn(pypdfium2.PdfDocument(source), number, PAGE_SIDE), into)


def _drawn(document: pypdfium2.PdfDocument, number: int, side: int) -> Image.Image:
    page = document[number - 1]
    width, height = page.get_size()
    # A page may say that it is a mile wide, or a hair.
    scale = side / max(width, height, 1)
    picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    return picture
