"""A line cut into words that remember where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

SIGILS = "@#/!"
NOTHING = "\0"
"""The key of what is read as nothing: it ends every phrase."""
_WORD = re.compile(
    rf"""(?<![^\s,(\[«"'])(?P<sigil>[{SIGILS}])(?:"(?P<straight>[^"\n]+)"|«(?P<angled>[^»\n]+)»)"""
    r"""|(?P<said>(?<![^\s,(])(?:«[^»\n]+»|“[^”\n]+”|"[^"\n]+")(?![^\s,.;:!?)]))"""
    r"""|(?P<plain>[^\s,]+)"""
)
_PLAIN = re.compile(r"[^\s,]+")
_BEFORE, _AFTER = "([{«\"'“„", ".,;:?)]}»\"'“”…!"
_EXCLAIMED = re.compile(r"!{2,3}$")


@dataclass(frozen=True)
class Word:
    """`text` without its sign, quotes and punctuation; `key` is how it is compared."""

    start: int
    end: int
    text: str
    key: str
    sigil: str = ""
    is_quoted: bool = False
    is_labelled: bool = False
    """A colon stands behind it: `for:`."""
    ends_sentence: bool = False


def key_of(text: str) -> str:
    """Case folded, ё as е, one kind of apostrophe."""
    folded = text.casefold().replace("ё", "е")
    return folded.replace("\u2019", "'").replace("\u02bc", "'").replace("`", "'")


def words_of(line: str) -> list[Word]:
    """The words of a line, without what is only punctuation."""
    found: list[Word] = []
    for match in _WORD.finditer(line):
        quoted = match["straight"] or match["angled"]
        if quoted is not None:
            value = quoted.strip()
            if value:
                found.append(
                    Word(match.start(), match.end(), value, key_of(value), match["sigil"], True)
                )
            continue
        if match["said"] is not None and not (found and found[-1].is_labelled):
            # What stands on a sign or on a screen is told, not meant.
            found.append(Word(match.start(), match.end(), "", NOTHING, is_quoted=True))
            continue
        for part in _PLAIN.finditer(match[0]):
            found.extend(_plain(part[0], match.start() + part.start()))
    return found


def _plain(raw: str, start: int) -> list[Word]:
    if _EXCLAIMED.match(raw):
        return [Word(start, start + len(raw), raw, raw, "!")]
    lead = len(raw) - len(raw.lstrip(_BEFORE))
    bare = raw[lead:]
    sigil = bare[0] if bare and bare[0] in SIGILS else ""
    value = bare[len(sigil) :].rstrip(_AFTER)
    if not any(letter.isalnum() for letter in value) or value[0] in SIGILS:
        return []
    at, tail = start + lead, bare[len(sigil) + len(value) :]
    end = at + len(sigil) + len(value)
    colon = value.find(":")
    if not sigil and 0 < colon < len(value) - 1 and value[:colon].isalpha():
        # from:Smith is two words.
        rest = _plain(value[colon + 1 :], at + colon + 1)
        head = value[:colon]
        return [Word(at, at + colon + 1, head, key_of(head), is_labelled=True), *rest]
    is_labelled = not sigil and tail.startswith(":")
    return [
        Word(at, end + is_labelled, value, key_of(value), sigil, False, is_labelled,
             tail[:1] in tuple(".;:?!"))
    ]  # fmt: skip
