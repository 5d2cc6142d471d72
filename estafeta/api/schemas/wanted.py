"""What narrows and orders a list of tickets: the same as on the desk."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from estafeta.api.cursors import MOST_ID
from estafeta.api.schemas.tickets import PriorityName
from estafeta.lib.text import one_line
from estafeta.tickets.filters import Filters
from estafeta.tickets.orders import Order

ListName = Literal["inbox", "sent", "archive", "all"]
StatusName = Literal[
    "new", "in_progress", "waiting", "review", "done", "cancelled", "archived", "open"
]
Sort = Literal[
    "changed", "-changed", "number", "-number", "deadline", "-deadline", "priority", "-priority",
    "opened", "-opened",
]  # fmt: skip
# Named here, because the class below has a field `list`.
Statuses = list[StatusName]
Departments = list[Annotated[int, Field(ge=1, le=MOST_ID)]]
Priorities = list[PriorityName]
Performer = Annotated[str, StringConstraints(pattern=r"^(me|nobody|[1-9][0-9]{0,17})$")]


class Wanted(Schema):
    """What narrows the list."""

    list: ListName = Field("all", description="As on the desk; `all` is everything you may see")
    status: Statuses = Field([], description="Several may be given; `open` is any unfinished")
    department: Departments = []
    performer: Performer | None = Field(None, description="`me`, `nobody`, or the id of a person")
    priority: Priorities = []
    deadline: Literal["late", "today", "week", "none"] | None = None
    q: Annotated[str, StringConstraints(max_length=200)] = Field(
        "", description="Words in any form, or a number"
    )
    sort: Sort = Field("-changed", description="A minus means descending")

    def filters(self) -> Filters:
        """As the domain applies them."""
        return Filters(
            statuses=tuple(self.status),
            departments=tuple(self.department),
            performer=self.performer or "",
            priorities=tuple(name.number for name in self.priority),
            deadline=self.deadline or "",
            text=one_line(self.q),
        )

    def order(self) -> Order:
        """Along which column."""
        return Order(self.sort.removeprefix("-"), self.sort.startswith("-"))
