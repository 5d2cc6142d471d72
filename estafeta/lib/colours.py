"""Shades of one colour that can be read in both themes (WCAG 2.2: 4.5 to 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass

READABLE = 4.5
LIGHT_GROUND, DARK_GROUND = "#ffffff", "#181d26"
DARK_INK = "#10141c"
_HEX = re.compile(r"#[0-9a-f]{6}")
_STEP = 0.04


def is_colour(text: str) -> bool:
    """`#2457c5`, in small letters."""
    return bool(_HEX.fullmatch(text))


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black and white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """Some of the other colour in the one."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@dataclass(frozen=True)
class Shades:
    """What a page needs of an accent colour in one theme."""

    accent: str
    strong: str
    on_accent: str
    soft: str
    text: str


def light(colour: str) -> Shades:
    """Dark enough for white letters on it, and to be read on white."""
    accent = _until(colour, "#000000", LIGHT_GROUND)
    soft = mix(accent, LIGHT_GROUND, 0.89)
    return Shades(
        accent=accent,
        strong=mix(accent, "#000000", 0.18),
        on_accent=LIGHT_GROUND,
        soft=soft,
        text=_until(accent, "#000000", soft),
    )


def dark(colour: str) -> Shades:
    """Light enough to be read on the dark ground, and for dark letters on it."""
    accent = _until(_until(colour, "#ffffff", DARK_GROUND), "#ffffff", DARK_INK)
    soft = mix(accent, DARK_GROUND, 0.8)
    return Shades(
        accent=accent,
        strong=mix(accent, "#ffffff", 0.25),
        on_accent=DARK_INK,
        soft=soft,
        text=_until(accent, "#ffffff", soft),
    )


def _until(colour: str, towards: str, ground: str) -> str:
    found, share = colour, 0.0
    while contrast(found, ground) < READABLE and share < 1:
        share += _STEP
        found = mix(colour, towards, min(share, 1))
    return found


def _parts(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
