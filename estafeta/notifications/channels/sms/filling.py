"""Placeholders of a gateway's template, each filled in so that it stays what it is at its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, quote_plus

NAMES = ("phone", "digits", "text", "id", "secret")
_PLACE = re.compile(r"\{(" + "|".join(NAMES) + r")\}")

Encode = Callable[[str], str]


def in_url(text: str) -> str:
    """A part of a path or of a query."""
    return quote(text, safe="")


def in_json(text: str) -> str:
    """Between the quotes of a JSON string."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def in_header(text: str) -> str:
    """The rest of a line: no line may begin in it."""
    return "".join(one for one in text if one.isprintable())


def in_text(text: str) -> str:
    """As it is."""
    return text


BODIES: dict[str, tuple[str, Encode]] = {
    "form": ("application/x-www-form-urlencoded", quote_plus),
    "json": ("application/json", in_json),
    "text": ("text/plain; charset=utf-8", in_text),
}
"""Kind of body -> its type, and how values stand in it."""


def filled(template: str, values: Mapping[str, str], encode: Encode) -> str:
    """Every placeholder once; what was filled in is never looked at again."""
    return _PLACE.sub(lambda found: encode(values[found[1]]), template)


def values_for(phone: str, text: str, number: str, secret: str) -> dict[str, str]:
    """What the placeholders stand for."""
    return {
        "phone": phone, "digits": phone.removeprefix("+"), "text": text, "id": number,
        "secret": secret,
    }  # fmt: skip
