"""What a printed story shows, line by line, from its data alone: the pages are made and checked so."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

Story = dict[str, Any]


class Line(NamedTuple):
    """One piece of text; `kind` says how it looks."""

    kind: str
    text: str


def lines_of(story: Story) -> Iterator[Line]:
    """Everything in the order of the pages."""
    words = story["words"]
    yield Line("over", words["over"])
    yield Line("title", words["heading"])
    for _name, label, value in story["facts"]:
        yield Line("label", label)
        yield Line("value", value)
    if story["ticket"]["text"]:
        yield Line("text", story["ticket"]["text"])
    yield Line("section", words["story"])
    comments = {comment["id"]: comment for comment in story["comments"]}
    for entry in story["entries"]:
        yield from _entry(entry, comments, words)
    yield Line("section", words["proof"])
    for text in story["proof_words"]:
        yield Line("proof", text)
    for label, value in story["proof_facts"]:
        yield Line("label", label)
        yield Line("hash", value)


def _entry(entry: Story, comments: dict[int, Story], words: Story) -> Iterator[Line]:
    content, shown = entry["content"], entry["shown"]
    yield Line("entry", str(entry["seq"]))
    if content is None:
        yield Line("withheld", words["withheld"])
        return
    yield Line("at", shown["at"])
    yield Line("who", shown["who"])
    yield Line("words", shown["words"])
    for name in ("reason", "notice"):
        if shown.get(name):
            yield Line(name, shown[name])
    for label, value in shown["old"]:
        yield Line("old", f"{label}: {value}")
    comment = comments.get(content["comment"])
    if comment is not None and content["verb"] in ("reply", "note") and comment["text"]:
        yield Line(content["verb"], comment["text"])


def letters(text: str) -> str:
    """Latin, Cyrillic and Greek letters and digits alone: what every printer of pages keeps."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if sign.isalnum() and _is_common(sign))


def _is_common(sign: str) -> bool:
    code = ord(sign)
    return code < 0x24F or 0x370 <= code <= 0x52F
