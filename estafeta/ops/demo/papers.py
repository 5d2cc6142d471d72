"""Files of the demo, drawn when it is loaded: a screen with an error, and a paper of one page."""

from __future__ import annotations

import io
import re
from functools import cache

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

FONTS = settings.HERE / "static" / "fonts"
_QUOTED = re.compile('[«“„"]([^»”“"]+)[»”“"]')
INK, SOFT, LINE, PAPER, ACCENT = "#1b2230", "#4c5769", "#d3d8e1", "#ffffff", "#2f5bea"


def screen(title: str, text: str) -> bytes:
    """A window of this title that says what the text quotes, as PNG."""
    quoted = _QUOTED.search(text)
    picture = Image.new("RGB", (960, 540), "#8aa2b8")
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((150, 120, 810, 400), 8, PAPER, LINE)
    draw.rectangle((150, 128, 810, 168), ACCENT)
    _write(draw, 170, 134, title, 22, PAPER)
    draw.ellipse((190, 210, 250, 270), "#c62a21")
    _write(draw, 214, 216, "!", 38, PAPER)
    _lines(draw, 280, 212, quoted[1] if quoted else text, 24, INK, 30)
    draw.rounded_rectangle((660, 330, 780, 374), 6, "#f3f4f7", LINE)
    _write(draw, 704, 338, "OK", 22, INK)
    return _as(picture, "PNG")


def paper(organisation: str, title: str, text: str) -> bytes:
    """A letter as PDF."""
    page = Image.new("RGB", (827, 1169), PAPER)
    draw = ImageDraw.Draw(page)
    _write(draw, 80, 90, organisation, 22, SOFT)
    draw.line((80, 130, 747, 130), LINE, 2)
    end = _lines(draw, 80, 190, title, 34, INK, 34)
    _lines(draw, 80, end + 40, text, 24, INK, 52)
    return _as(page, "PDF")


def _lines(
    draw: ImageDraw.ImageDraw, x: int, y: int, text: str, size: int, ink: str, width: int
) -> int:
    line = ""
    for word in [*text.split(), ""]:
        if line and (not word or len(line) + len(word) >= width):
            _write(draw, x, y, line, size, ink)
            line, y = "", y + size * 3 // 2
        line = f"{line} {word}".strip()
    return y


def _write(draw: ImageDraw.ImageDraw, x: float, y: float, text: str, size: int, ink: str) -> None:
    for sign in text:
        font = _font("cyrillic" if "\u0400" <= sign <= "\u04ff" or sign == "№" else "latin", size)
        draw.text((x, y), sign, ink, font)
        x += font.getlength(sign)


@cache
def _font(script: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"inter-{script}-wght-normal.woff2"), size)


def _as(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()
