"""Three hundred lines, each with what it means. A line that is read otherwise than people mean it belongs here."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from estafeta.tickets.quick_line.pieces import NameKind, Understood
from estafeta.tickets.quick_line.reading import understand
from estafeta.tickets.quick_line.tests.people import Memory

ZONE = ZoneInfo("Europe/Kyiv")
NOW = datetime(2026, 11, 24, 12, tzinfo=ZONE)
LANGUAGES = ("russian", "ukrainian", "english")


def corpus(language: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(
        Path(__file__).with_name(f"{language}.toml").read_text()
    )["lines"]
    return found


def _rows() -> Iterator[Any]:
    for language in LANGUAGES:
        for row in corpus(language):
            yield pytest.param(row, id=row["line"])


def _meant(line: Understood) -> dict[str, Any]:
    names = {
        kind: [piece.known.name for piece in line.of(kind) if piece.known]
        for kind in (NameKind.PERSON, NameKind.DEPARTMENT, NameKind.REQUESTER, NameKind.TOPIC)
    }
    until = line.deadline.astimezone(ZONE) if line.deadline else None
    found = {
        "title": line.title,
        "to": list(dict.fromkeys(names[NameKind.PERSON])),
        "dept": "".join(names[NameKind.DEPARTMENT]),
        "for": "".join(names[NameKind.REQUESTER]),
        "topic": "".join(names[NameKind.TOPIC]),
        "until": f"{until:%Y-%m-%d %H:%M}" if until else "",
        "prio": line.priority,
        "tags": line.tags,
        "wrong": [line.line[p.start : p.end] for p in line.pieces if p.why is not None],
    }
    return {name: value for name, value in found.items() if value}


@pytest.mark.parametrize("row", list(_rows()))
def test_a_line_means_what_it_says(row: dict[str, Any]) -> None:
    line = understand(row["line"], Memory(), now=NOW, zone=ZONE)
    assert _meant(line) == {name: value for name, value in row.items() if name != "line"}


def test_there_are_a_hundred_lines_of_each_language() -> None:
    for language in LANGUAGES:
        assert len({row["line"] for row in corpus(language)}) >= 100, language
