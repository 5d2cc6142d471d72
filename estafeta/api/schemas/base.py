"""Building blocks of the schemas."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from estafeta.api.cursors import MOST_ID

Id = Annotated[int, Field(ge=1, le=MOST_ID, strict=True)]
"""The id of a row, in a body."""
Moment = Annotated[AwareDatetime, Field(description="RFC 3339, with an offset")]
Reason = Annotated[str, StringConstraints(max_length=500)]
LongText = Annotated[str, StringConstraints(max_length=200_000)]
People = Annotated[list[Id], Field(max_length=100, description="Ids of agents")]
Files = Annotated[
    list[Id], Field(max_length=1000, description="Ids of your files: POST /files gives them")
]


class Out(BaseModel):
    """What the API answers."""


class Body(BaseModel):
    """What the API takes: unknown fields are refused, so that a slip of the pen shows."""

    model_config = ConfigDict(extra="forbid")


class Named(Out):
    """A thing by its id and name."""

    id: int
    name: str


class Page(Out):
    """A page of a list."""

    next: str | None = Field(
        description="Cursor for `after` of the next page; null: this is the last"
    )
