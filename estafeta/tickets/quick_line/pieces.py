"""What was understood of a line, each with the stretch of text that it came from."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import datetime


class NameKind(enum.StrEnum):
    """What a stretch says."""

    PERSON = "person"
    DEPARTMENT = "department"
    REQUESTER = "requester"
    TOPIC = "topic"
    DEADLINE = "deadline"
    PRIORITY = "priority"
    TAG = "tag"


class Doubt(enum.StrEnum):
    """Doubt a stretch was not understood."""

    UNKNOWN = "unknown"
    SEVERAL = "several"
    """More than one fits: `candidates` names them."""
    PAST = "past"
    SECOND = "second"
    """There is one already, and a ticket has no more."""


@dataclass(frozen=True)
class Known:
    """A person, a department or a topic that the writer may know of."""

    kind: NameKind
    pk: int
    name: str
    login: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Candidate:
    """One of several that were perhaps meant; `line` says it so that only this one is."""

    label: str
    hint: str
    line: str


@dataclass(frozen=True)
class Piece:
    """`line[start:end]`; without `why` it was understood, and has left the title."""

    kind: NameKind
    start: int
    end: int
    known: Known | None = None
    moment: datetime | None = None
    number: int | None = None
    word: str = ""
    why: Doubt | None = None
    candidates: tuple[Candidate, ...] = ()

    @property
    def stands_in_the_way(self) -> bool:
        """Without it the ticket would go astray; a word that is no tag only stays in the title."""
        return self.why is not None and (
            bool(self.candidates)
            or self.kind in (NameKind.PERSON, NameKind.DEPARTMENT, NameKind.REQUESTER)
            or self.why is Doubt.PAST
        )


@dataclass(frozen=True)
class Understood:
    """A whole line. `line` is the text that the stretches lie in."""

    line: str
    title: str
    text: str
    pieces: tuple[Piece, ...] = field(default=())

    def of(self, kind: NameKind) -> list[Piece]:
        """Understood pieces of that kind, in the order of the line."""
        return [piece for piece in self.pieces if piece.kind is kind and piece.why is None]

    def ids(self, kind: NameKind) -> list[int]:
        """Whom or what they name, each once."""
        return list(dict.fromkeys(p.known.pk for p in self.of(kind) if p.known is not None))

    @property
    def deadline(self) -> datetime | None:
        """Until when."""
        return next((piece.moment for piece in self.of(NameKind.DEADLINE)), None)

    @property
    def priority(self) -> int | None:
        """How urgent, if it says so."""
        return next((piece.number for piece in self.of(NameKind.PRIORITY)), None)

    @property
    def tags(self) -> list[str]:
        """Each once, as written."""
        return list(dict.fromkeys(piece.word for piece in self.of(NameKind.TAG)))

    @property
    def problem(self) -> Piece | None:
        """The first piece that has to be mended before the ticket can be opened."""
        return next((piece for piece in self.pieces if piece.stands_in_the_way), None)
