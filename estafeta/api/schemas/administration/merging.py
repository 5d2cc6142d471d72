"""One department becomes part of another."""

from __future__ import annotations

from pydantic import Field

from estafeta.api.schemas.administration.base import Switch
from estafeta.api.schemas.base import Body, Id, Named, Out


class MergeBodyOfDepartment(Body):
    """Into which, and what becomes of its heads."""

    into: Id = Field(description="Id of an active department that is not inside it")
    keep_heads: Switch = Field(False, description="Its heads become heads there; otherwise members")


class Follows(Out):
    """What would move, or has moved, with the department."""

    people: list[str]
    departments: list[str] = Field(description="Those that stand inside it")
    topics: int
    tickets: int = Field(description="The archived ones too")


class MergeOut(Out):
    """Before the merge what would follow from it; afterwards how far it has come."""

    department: Named
    merged_into: Named | None = Field(description="Null: it is not merged")
    follows: Follows = Field(description="Would move; of a merged department: was to be moved")
    open_tickets: int = Field(description="Of those that still stand here")
    tickets_left: int = Field(description="Still to be moved, one by one in the background")
    is_finished: bool = Field(description="Merged, and no ticket stands here any more")
