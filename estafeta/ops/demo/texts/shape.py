"""What the demo texts of one language consist of, and reading them from their file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Who:
    """One person; `login` is empty for a client who only ever phoned."""

    login: str
    name: str
    position: str
    phone: str
    room: str


@dataclass(frozen=True)
class Story:
    """What people write in the course of one kind of ticket; `plots.py` says who and when.

    `{room}`, `{machine}`, `{month}` and `{n}` are filled in anew for each ticket.
    """

    title: str
    text: str
    done: str
    note: str = ""
    ask: str = ""
    answer: str = ""
    passed: str = ""
    wait: str = ""
    back: str = ""
    cancel: str = ""


@dataclass(frozen=True)
class Template:
    """An answer written once; `place` is the key of a department or of a person, or nothing: for all."""

    place: str
    title: str
    text: str


@dataclass(frozen=True)
class Said:
    """A message; `room` is "common", the key of a department, or two people with a colon between."""

    room: str
    hours: float
    who: str
    text: str


@dataclass(frozen=True)
class Receives:
    """A department that takes questions of clients."""

    department: str
    about: str
    greeting: str


@dataclass(frozen=True)
class Question:
    """A client asks; words of his and of the operator by turns. Without an operator he still waits."""

    client: str
    department: str
    hours: float
    operator: str
    words: list[str]


@dataclass(frozen=True)
class Texts:
    """Everything of one language; the keys are those of `plots.py` and `people.py`."""

    organisation: str
    time_zone: str
    departments: dict[str, str]
    organisations: dict[str, str]
    topics: dict[str, str]
    roles: dict[str, str]
    machines: list[str]
    months: list[str]
    thanks: list[str]
    working_on_it: list[str]
    returned_free: str
    back_and_forth: list[str]
    tags: list[str]
    together: dict[str, str]
    """What several people, or several tickets, have to do with each other."""
    people: dict[str, Who]
    stories: dict[str, Story]
    templates: list[Template]
    talks: list[Said]
    receptions: list[Receives]
    questions: list[Question]


def read(file: Path) -> Texts:
    """The texts of one file; a missing or an unknown key is an error."""
    found: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    found["people"] = {key: Who(*row) for key, row in found["people"].items()}
    found["stories"] = {key: Story(**row) for key, row in found["stories"].items()}
    found["templates"] = [Template(*row) for row in found["templates"]]
    found["talks"] = [Said(*row) for row in found["talks"]]
    found["receptions"] = [Receives(*row) for row in found["receptions"]]
    found["questions"] = [Question(*row) for row in found["questions"]]
    return Texts(**found)
