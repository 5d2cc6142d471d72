"""Words with a sign before them, or behind "for", that name people, departments and topics."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from estafeta.tickets.quick_line import matching
from estafeta.tickets.quick_line import vocabulary as say
from estafeta.tickets.quick_line.matching import CASE, closest, fitting
from estafeta.tickets.quick_line.pieces import Candidate, Doubt, Known, NameKind, Piece
from estafeta.tickets.quick_line.words import Word

LONGEST_NAME = 5
MOST_CANDIDATES = 6
SIGNS = {
    NameKind.PERSON: "@",
    NameKind.DEPARTMENT: "@",
    NameKind.TOPIC: "/",
    NameKind.REQUESTER: "@",
}


class Directory(Protocol):
    """Whom and what the writer may name. A word gives those that it may fit, not only those."""

    is_staff: bool

    def performers(self, word: str) -> Sequence[Known]:
        """Agents."""
        ...

    def requesters(self, word: str) -> Sequence[Known]:
        """Everybody whom the writer may know of."""
        ...

    def departments(self) -> Sequence[Known]:
        """Departments offered to the writer."""
        ...

    def topics(self) -> Sequence[Known]:
        """Topics offered to the writer."""
        ...

    def me(self) -> Known:
        """The writer."""
        ...


@dataclass(frozen=True)
class Line:
    """The text with its words and what they may name."""

    text: str
    words: Sequence[Word]
    directory: Directory


def addressee(line: Line, place: int) -> tuple[int, Piece]:
    """`@somebody`: a performer or a department. Gives the place behind it and the piece."""
    word = line.words[place]
    if line.directory.is_staff and say.ME.one(word.key):
        return place + 1, Piece(NameKind.PERSON, word.start, word.end, line.directory.me())

    def rows(first: str) -> list[Known]:
        people = line.directory.performers(first) if line.directory.is_staff else ()
        return [*people, *line.directory.departments()]

    return _named(line, place, NameKind.PERSON, rows)


def topic(line: Line, place: int) -> tuple[int, Piece]:
    """`/printers`."""
    return _named(line, place, NameKind.TOPIC, lambda _first: list(line.directory.topics()))


def begins_requester(word: Word) -> bool:
    """Whether somebody may be named behind it."""
    if word.is_labelled:
        return say.REQUESTER_LABEL.begins_with(word.key)
    return not word.sigil and say.REQUESTER.begins_with(word.key)


def requester(line: Line, place: int) -> tuple[int, Piece] | None:
    """`for: Smith`, `для Петровой`. Without a colon or `@` only words that somebody is called."""
    word = line.words[place]
    if not line.directory.is_staff or word.sigil or place + 1 >= len(line.words):
        return None
    keys = [one.key for one in line.words]
    found = (
        say.REQUESTER_LABEL.at(keys, place) if word.is_labelled else say.REQUESTER.at(keys, place)
    )
    if found is None or (at := place + found[0]) >= len(line.words):
        return None
    named = line.words[at]
    is_plain = not word.is_labelled and named.sigil != "@"
    if named.sigil not in ("", "@") or len(named.key) < 2:
        return None
    if say.ME.one(named.key):
        return (at + 1, _from(line, place, at + 1, line.directory.me())) if not is_plain else None

    def rows(first: str) -> list[Known]:
        among = list(line.directory.requesters(first))
        return fitting(matching.parts_of(first), among, worst=CASE) if is_plain else among

    end, piece = _named(line, at, NameKind.REQUESTER, rows)
    if is_plain and piece.why is Doubt.UNKNOWN:
        return None
    return end, Piece(
        NameKind.REQUESTER, word.start, piece.end, piece.known, why=piece.why,
        candidates=piece.candidates,
    )  # fmt: skip


def _from(line: Line, place: int, end: int, known: Known) -> Piece:
    return Piece(NameKind.REQUESTER, line.words[place].start, line.words[end - 1].end, known)


def _named(
    line: Line, place: int, kind: NameKind, rows: Callable[[str], list[Known]]
) -> tuple[int, Piece]:
    """The longest run of words that still fits some name; the closest fit of it."""
    word = line.words[place]
    said = matching.parts_of(word.text)
    among = fitting(said, rows(word.key)) if said else []
    end = place + 1
    while among and not word.is_quoted and end - place < LONGEST_NAME and end < len(line.words):
        more = line.words[end]
        parts = matching.parts_of(more.text)
        if more.sigil or more.is_labelled or line.words[end - 1].ends_sentence or not parts:
            break
        is_initial = len(parts[0]) == 1 and more.ends_sentence
        narrower = _extended([*said, *parts], parts, among, is_initial=is_initial)
        if not narrower:
            break
        said, among, end = [*said, *parts], narrower, end + 1
    start, last = word.start, line.words[end - 1].end
    if end > place + 1 and len(line.words[end - 1].key) == 1 and line.text[last : last + 1] == ".":
        last += 1  # the dot of an initial
    best = closest(said, among)
    if not best:
        return place + 1, Piece(kind, start, word.end, word=word.text, why=Doubt.UNKNOWN)
    if len(best) > 1:
        found = tuple(_candidate(line, start, last, one, best, kind) for one in best)
        return end, Piece(kind, start, last, why=Doubt.SEVERAL, candidates=found[:MOST_CANDIDATES])
    meant = kind if kind is NameKind.REQUESTER else best[0].kind
    return end, Piece(meant, start, last, best[0])


def _extended(
    said: list[str], parts: list[str], among: list[Known], *, is_initial: bool
) -> list[Known]:
    """Those that the further words belong to as well: whole words, or the initial of a name."""
    if is_initial:
        return fitting(said, among)
    return fitting(said, [row for row in among if fitting(parts, [row], worst=CASE)])


def _candidate(
    line: Line, start: int, end: int, known: Known, others: Sequence[Known], kind: NameKind
) -> Candidate:
    same = [one for one in others if one.name == known.name]
    name = known.login if len(same) > 1 and known.login else f'"{known.name}"'
    said = SIGNS[kind] + name
    return Candidate(known.name, known.hint, line.text[:start] + said + line.text[end:])
