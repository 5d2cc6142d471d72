"""What narrows and orders a list of tickets: the same as on the desk."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, ValidationError

from estafeta.api.cursors import MOST_ID
from estafeta.api.schemas.tickets import PriorityName
from estafeta.lib.text import one_line
from estafeta.tickets.lists import periods
from estafeta.tickets.lists.conditions import Conditions
from estafeta.tickets.lists.filter_reading import LONGEST_TEXT, MOST_VALUES
from estafeta.tickets.lists.filters import MOST_GROUPS, Filters, Group, vars_of
from estafeta.tickets.lists.orders import Order
from estafeta.tickets.models.tag import LONGEST_TAG

ListName = Literal["inbox", "sent", "following", "archive", "all"]
StatusName = Literal[
    "new", "in_progress", "waiting", "review", "done", "cancelled", "archived", "merged", "open"
]
Sort = Literal[
    "changed", "-changed", "number", "-number", "deadline", "-deadline", "priority", "-priority",
    "opened", "-opened",
]  # fmt: skip
Source = Literal["desk", "api", "mail", "schedule", "system"]


def _period(text: str) -> str:
    found = periods.read(text)
    if not found:
        raise ValueError("not a period")
    return found


Id = Annotated[int, Field(ge=1, le=MOST_ID)]
Somebody = Annotated[str, StringConstraints(pattern=r"^(me|[1-9][0-9]{0,17})$")]
Performer = Annotated[str, StringConstraints(pattern=r"^(me|nobody|others|[1-9][0-9]{0,17})$")]
TopicId = Annotated[str, StringConstraints(pattern=r"^(none|[1-9][0-9]{0,17})$")]
TagName = Annotated[str, StringConstraints(max_length=LONGEST_TAG)]
Period = Annotated[str, StringConstraints(max_length=30), AfterValidator(_period)]
DAYS = "`today`, `yesterday`, `week`, `month`, `this_month`, `last_month`, `this_year`, or two days `2026-11-01..2026-11-24`, open at either end"


class Asked(Schema):
    """Conditions; several values of one are alternatives."""

    status: list[StatusName] = Field(
        [], description="Several may be given; `open` is any unfinished"
    )
    department: list[Id] = Field([], max_length=MOST_VALUES)
    performer: Performer | None = Field(
        None, description="`me`, `nobody`, `others`, or the id of a person"
    )
    priority: list[PriorityName] = []
    deadline: Literal["late", "today", "week", "none"] | None = None
    waits: Literal["acceptance", "answer", "deadline", "hand_over"] | None = Field(
        None, description="For what of you"
    )
    author: list[Somebody] = Field([], max_length=MOST_VALUES, description="`me` or ids of people")
    requester: list[Somebody] = Field([], max_length=MOST_VALUES, description="The same")
    organisation: list[Id] = Field([], max_length=MOST_VALUES)
    topic: list[TopicId] = Field(
        [], max_length=MOST_VALUES, description="Ids, each with what is inside it; or `none`"
    )
    tag: list[TagName] = Field([], max_length=MOST_VALUES, description="Names of tags")
    via: list[Source] = Field([], description="Through which door it was written")
    opened: Period | None = Field(None, description=DAYS)
    changed: Period | None = Field(None, description="The same")
    closed: Period | None = Field(None, description="The same")
    unread: bool = Field(False, description="What you have not read to its end")
    q: Annotated[str, StringConstraints(max_length=LONGEST_TEXT)] = Field(
        "", description="Words in any form, a number, or operators such as `from:anna`"
    )

    def conditions(self) -> Conditions:
        """As the domain applies them."""
        return Conditions(
            statuses=tuple(self.status),
            departments=tuple(self.department),
            performer=self.performer or "",
            priorities=tuple(name.number for name in self.priority),
            deadline=self.deadline or "",
            waits=self.waits or "",
            authors=tuple(self.author),
            requesters=tuple(self.requester),
            organisations=tuple(self.organisation),
            topics=tuple(self.topic),
            tags=tuple(self.tag),
            vias=tuple(self.via),
            opened=self.opened or "",
            changed=self.changed or "",
            closed=self.closed or "",
            unread=self.unread,
            text=one_line(self.q),
        )


class GroupAsked(Asked):
    """Conditions of which all, any or none have to hold."""

    model_config = ConfigDict(extra="forbid")
    match: Literal["all", "any", "none"] = "all"


class Where(Schema):
    """Groups of conditions."""

    model_config = ConfigDict(extra="forbid")
    match: Literal["all", "any"] = "all"
    groups: Annotated[list[GroupAsked], Field(min_length=1, max_length=MOST_GROUPS)]

    @classmethod
    def read(cls, text: str) -> Self:
        """From JSON. Raises ValueError with the place of what is wrong."""
        try:
            return cls.model_validate_json(text)
        except ValidationError as wrong:
            first = wrong.errors()[0]
            place = ".".join(map(str, first["loc"]))
            raise ValueError(f"{place}: {first['msg']}" if place else first["msg"]) from None


def _where(text: str) -> str:
    Where.read(text)
    return text


class Wanted(Asked):
    """What narrows the list."""

    list: ListName = Field("all", description="As on the desk; `all` is everything you may see")
    where: Annotated[str, StringConstraints(max_length=4000), AfterValidator(_where)] | None = (
        Field(
            None,
            description='Groups of the conditions above, as JSON: `{"match": "any", "groups": '
            '[{"match": "none", "status": ["new"]}, {"priority": ["urgent"], "unread": true}]}`. In a '
            "group all conditions have to hold, or any, or none; of the groups all, or any",
        )
    )
    sort: Sort = Field("-changed", description="A minus means descending")

    def filters(self) -> Filters:
        """As the domain applies them."""
        flat = vars_of(self.conditions())
        if self.where is None:
            return Filters(**flat)
        where = Where.read(self.where)
        groups = [Group(group.conditions(), group.match) for group in where.groups]
        asked = tuple(group for group in groups if group.conditions != Conditions())
        return Filters(**flat, groups=asked, match=where.match)

    def order(self) -> Order:
        """Along which column."""
        return Order(self.sort.removeprefix("-"), self.sort.startswith("-"))
