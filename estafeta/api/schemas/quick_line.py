"""A line that says to whom, until when, how urgent and what."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from estafeta.api.schemas.base import Body, LongText, Named, Out
from estafeta.api.schemas.tickets import Acted, PriorityName
from estafeta.tickets.models import Priority
from estafeta.tickets.quick_line.pieces import Candidate, Doubt, Known, NameKind, Piece, Understood
from estafeta.tickets.quick_line.wording import problem_of


class QuickLineBody(Body):
    """The first line is read, the others become the text."""

    line: LongText
    open: bool = Field(False, description="Open the ticket; without it you are only told")


class CandidateOut(Out):
    """One that was perhaps meant."""

    name: str
    hint: str
    line: str = Field(description="The line that means this one only")

    @classmethod
    def of(cls, candidate: Candidate) -> CandidateOut:
        """As programs read it."""
        return cls(name=candidate.label, hint=candidate.hint, line=candidate.line)


class PieceOut(Out):
    """A stretch of the line, counted in characters (code points)."""

    kind: NameKind
    start: int
    end: int
    text: str
    named: Named | None = Field(description="The person, department or topic")
    why: Doubt | None = Field(description="Doubt it was not understood; null: it was")
    problem: str = Field(description="The same in words")
    stands_in_the_way: bool = Field(description="The ticket cannot be opened with it")
    candidates: list[CandidateOut]

    @classmethod
    def of(cls, line: Understood, piece: Piece) -> PieceOut:
        """As programs read it."""
        return cls(
            kind=piece.kind, start=piece.start, end=piece.end,
            text=line.line[piece.start : piece.end], named=_named(piece.known), why=piece.why,
            problem=problem_of(line, piece) if piece.why else "",
            stands_in_the_way=piece.stands_in_the_way,
            candidates=[CandidateOut.of(one) for one in piece.candidates],
        )  # fmt: skip


class QuickLineOut(Out):
    """What was understood, and what came of it."""

    line: str = Field(description="The text that the stretches lie in")
    title: str
    text: str
    people: list[Named]
    department: Named | None
    requester: Named | None
    topic: Named | None
    deadline: datetime | None
    priority: PriorityName | None
    tags: list[str]
    pieces: list[PieceOut]
    opened: Acted | None = Field(description="The new ticket, where it was asked for")

    @classmethod
    def of(cls, line: Understood, opened: Acted | None = None) -> QuickLineOut:
        """As programs read it."""
        return cls(
            line=line.line, title=line.title, text=line.text,
            people=[one for piece in line.of(NameKind.PERSON) if (one := _named(piece.known))],
            department=_first(line, NameKind.DEPARTMENT), requester=_first(line, NameKind.REQUESTER),
            topic=_first(line, NameKind.TOPIC), deadline=line.deadline,
            priority=PriorityName[Priority(line.priority).name] if line.priority else None,
            tags=line.tags, pieces=[PieceOut.of(line, piece) for piece in line.pieces],
            opened=opened,
        )  # fmt: skip


def _named(known: Known | None) -> Named | None:
    return Named(id=known.pk, name=known.name) if known else None


def _first(line: Understood, kind: NameKind) -> Named | None:
    return next((_named(piece.known) for piece in line.of(kind)), None)
