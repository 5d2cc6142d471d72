"""Saved views."""

from __future__ import annotations

from ninja import Schema
from pydantic import Field

from estafeta.tickets.models import SavedView


class ViewOut(Schema):
    """A list with its filters under a name."""

    id: int
    name: str
    list: str = Field(description="The list that is narrowed")
    query: str = Field(description="Filters and order, as in an address of the desk")
    is_mine: bool = Field(description="Otherwise a department of yours shares it")
    count: str = Field(description="How many tickets it holds, `99+` for more")

    @classmethod
    def of(cls, view: SavedView, person: int, count: str) -> ViewOut:
        """For one reader."""
        return cls(
            id=view.pk, name=view.name, list=view.list, query=view.query,
            is_mine=view.owner_id == person, count=count,
        )  # fmt: skip


class Views(Schema):
    """All of them, in the order of the menu."""

    views: list[ViewOut]
