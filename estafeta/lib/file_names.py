"""Names of files as people gave them, without what makes a name do something."""

from __future__ import annotations

import re
import unicodedata

from estafeta.lib.text import one_line

LONGEST = 150
_DIRECTIONS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""They turn `exe.gpj` round, or hide what stands between two names."""


def file_name(text: str) -> str:
    """The last part of a path on one line, at most 150 characters with its ending; never empty."""
    name = _DIRECTIONS.sub("", text).replace("\\", "/").replace("\n", " ").replace("\r", " ")
    name = name.rstrip("/").rpartition("/")[2]
    name = "".join(
        sign for sign in name if unicodedata.category(sign) not in ("Cc", "Cs", "Zl", "Zp")
    )
    name = one_line(name).strip(". ") if set(name.strip()) <= {"."} else one_line(name)
    if len(name) > LONGEST:
        stem, dot, ending = name.rpartition(".")
        keeps = dot and stem and len(ending) <= 20
        name = f"{stem[: LONGEST - len(ending) - 1]}.{ending}" if keeps else name[:LONGEST]
    return name or "file"
