"""What was understood of a line, as chips under its field."""

from __future__ import annotations

from dataclasses import dataclass

from estafeta.accounts.models import Person
from estafeta.tickets.quick_line.opening import understood
from estafeta.tickets.quick_line.pieces import Candidate, Piece, Understood
from estafeta.tickets.quick_line.wording import label_of, problem_of, value_of


@dataclass(frozen=True)
class Chip:
    """`problem` instead of a value where something was not understood."""

    label: str
    value: str
    kind: str
    problem: str = ""
    is_in_the_way: bool = False
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class Shown:
    """The title first, then a chip a piece."""

    line: Understood
    chips: tuple[Chip, ...]


def shown(text: str, *, by: Person) -> Shown:
    """For the template."""
    line = understood(text, by=by)
    chips = [_chip(line, piece) for piece in line.pieces]
    return Shown(line, tuple(chips))


def _chip(line: Understood, piece: Piece) -> Chip:
    if piece.why is not None:
        return Chip(
            label_of(piece), line.line[piece.start : piece.end], piece.kind,
            problem_of(line, piece), piece.stands_in_the_way, piece.candidates,
        )  # fmt: skip
    return Chip(label_of(piece), value_of(piece), piece.kind)
