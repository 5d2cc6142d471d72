"""Positions."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from estafeta.accounts.models import Position
from estafeta.api.schemas.administration.base import Versioned
from estafeta.api.schemas.base import Body, Page


class PositionOut(Versioned):
    """A name that is offered for positions."""

    counted: ClassVar[frozenset[str]] = frozenset({"people"})

    id: int
    name: str
    people: int = Field(description="Active people whose card has it")

    @classmethod
    def of(cls, row: Position) -> PositionOut:
        """Expects `cards` to be counted."""
        return cls(id=row.pk, name=row.name, people=row.cards)  # type: ignore[attr-defined]


class Positions(Page):
    """In the order of their ids."""

    positions: list[PositionOut]


class PositionBody(Body):
    """A name for a position."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120)] = Field(
        examples=["Accountant"]
    )
