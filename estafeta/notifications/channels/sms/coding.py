"""How a text becomes short messages: the GSM alphabet where it is enough, else UCS-2; and how many.

3GPP TS 23.038: 160 septets or 70 UCS-2 units stand in a single message; of several parts each
carries a header, which leaves 153 and 67. No character is ever torn between two parts.
"""

from __future__ import annotations

from dataclasses import dataclass

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = {"^": 0x14, "{": 0x28, "}": 0x29, "\\": 0x2F, "[": 0x3C, "~": 0x3D, "]": 0x3E, "|": 0x40,
             "€": 0x65, "\f": 0x0A}  # fmt: skip
_CODES: dict[str, bytes] = {one: bytes([at]) for at, one in enumerate(_BASIC) if one != "\x1b"} | {
    one: bytes([0x1B, at]) for one, at in _EXTENDED.items()
}
# Written so often that a message must not become twice as dear for them.
_PLAIN = str.maketrans(
    {"…": "...", "—": "-", "–": "-", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'",
     "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ", "·": "-", "\t": " "}
)  # fmt: skip


@dataclass(frozen=True)
class Coded:
    """A text as parts; each unit of `parts` is one octet, septets stand in octets of their own."""

    is_ucs2: bool
    parts: list[bytes]


def plainly(text: str) -> str:
    """With the signs of print replaced where that makes the text fit the GSM alphabet."""
    simple = text.translate(_PLAIN)
    return simple if _is_gsm(simple) else text


def coded(text: str) -> Coded:
    """Cut into parts as handsets put them together again."""
    if _is_gsm(text):
        return Coded(False, _parts([_CODES[one] for one in text], 160, 153))
    return Coded(True, _parts([one.encode("utf-16-be") for one in text], 140, 134))


def fitted(text: str, ending: str, *, most: int) -> str:
    """The text in at most so many parts, cut between words; the ending is always there whole."""
    whole = plainly(f"{text} {ending}".strip())
    if len(coded(whole).parts) <= most:
        return whole
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if len(coded(_cut(text, middle, ending)).parts) <= most:
            low = middle
        else:
            high = middle - 1
    return _cut(text, low, ending)


def _cut(text: str, length: int, ending: str) -> str:
    kept = text[:length]
    blank = kept.rfind(" ")
    # A word longer than half of the message is cut all the same.
    if length < len(text) and blank > length // 2:
        kept = kept[:blank]
    return plainly(f"{kept.rstrip(' ,.;:-')}... {ending}".strip())


def _is_gsm(text: str) -> bool:
    return all(one in _CODES for one in text)


def _parts(characters: list[bytes], single: int, several: int) -> list[bytes]:
    if sum(map(len, characters)) <= single:
        return [b"".join(characters)]
    parts, part = [], b""
    for one in characters:
        if len(part) + len(one) > several:
            parts.append(part)
            part = b""
        part += one
    return [*parts, part]
