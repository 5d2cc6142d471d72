"""Saved views."""

from __future__ import annotations

from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from estafeta.api.schemas.base import Body, Id
from estafeta.tickets.models import SavedView

Shared = Annotated[list[Id], Field(max_length=1000, description="Whose members have it too")]


class ViewOut(Schema):
    """A list with its filters under a name."""

    id: int
    name: str
    list: str = Field(description="The list that is narrowed")
    query: str = Field(description="Filters and order, as in an address of the desk")
    in_menu: bool
    is_mine: bool = Field(description="Otherwise a department of yours shares it")
    count: str = Field(description="How many tickets it holds, `99+` for more")

    @classmethod
    def of(cls, view: SavedView, person: int, count: str) -> ViewOut:
        """For one reader."""
        return cls(
            id=view.pk, name=view.name, list=view.list, query=view.query,
            in_menu=view.in_menu, is_mine=view.owner_id == person, count=count,
        )  # fmt: skip


class ViewBody(Body):
    """All of a view; what is left out is not kept."""

    name: str
    list: Annotated[str, StringConstraints(max_length=30)] = Field(
        "all", description="As in `list` of `GET /tickets`, or `department-3`"
    )
    query: str = Field("", description="Filters and order, as in an address of the desk")
    departments: Shared = []
    in_menu: bool = True


class UnshareBody(Body):
    """From whom it is taken."""

    department: Id | None = Field(
        None, description="Take it out of the menus of this department only: its heads may"
    )


class Views(Schema):
    """All of them, in the order of the menu."""

    views: list[ViewOut]
