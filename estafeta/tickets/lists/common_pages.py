"""The SQL of the pages that are asked for most, made once and not at every look.

Those are the lists by name, with no filter or with filters that are the same for everybody. In place
of the reader stands a person with stand-ins for ids; `lib/prepared.py` puts the real ones in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from estafeta.accounts.models import Person
from estafeta.accounts.standing import Standing
from estafeta.lib.prepared import Prepared
from estafeta.tickets.lists import listing
from estafeta.tickets.lists.filters import Filters
from estafeta.tickets.lists.orders import Cursor, Order
from estafeta.tickets.lists.paging import Question
from estafeta.tickets.models import Ticket

_SAME_FOR_ALL = ("", "me", "others", "nobody")


@dataclass(frozen=True)
class Kind:
    """What decides the shape of the SQL."""

    name: str
    is_director: bool
    filters: Filters
    order: Order
    is_dense: bool
    amount: int
    priority: int | None
    """Of the place; so few and so small that no stand-in fits."""


def rows_of(
    question: Question, amount: int, order: Order, place: Cursor | None
) -> list[Ticket] | None:
    """The rows, or None where the question is not a common one."""
    filters, standing = question.filters, question.reader.standing
    is_common = question.listing.name in listing.COMMON and standing.is_active
    if not is_common or not filters.only("statuses", "performer", "priorities"):
        return None
    if filters.performer not in _SAME_FOR_ALL:
        return None
    in_priority = place.value if place and isinstance(place.value, int) else None
    kind = Kind(
        question.listing.name, standing.is_director, filters, order, question.is_dense, amount,
        in_priority if order.name == "priority" else None,
    )  # fmt: skip
    values = _sight(kind, standing)
    if place:
        values["number"] = place.number
        if isinstance(place.value, datetime):
            values["value"] = place.value
    rows: list[Ticket] = _PAGE(kind, **values)
    return rows


def _sight(kind: Kind, standing: Standing) -> dict[str, Any]:
    """The ids that occur in the SQL of this kind for this person."""
    names_reader = kind.filters.performer in ("me", "others")
    sees_all = standing.is_director and (
        kind.name in ("all", "archive") or not standing.departments
    )
    if kind.name != "sent" and sees_all:
        return {"person": standing.person} if names_reader else {}
    values: dict[str, Any] = {"person": standing.person}
    if kind.name != "sent" and standing.departments:
        values["departments"] = sorted(standing.departments)
    if kind.name in ("all", "archive"):
        if standing.headed:
            values["headed"] = sorted(standing.headed)
        if standing.led_organisation is not None:
            values["organisation"] = standing.led_organisation
    return values


class _Sight(Standing):
    """A standing whose departments are listed in full, so that headed ones do not come twice."""

    @property
    def departments(self) -> frozenset[int]:
        return self.member_of


def _page(
    kind: Kind,
    *,
    person: int = 0,
    departments: list[int] | None = None,
    headed: list[int] | None = None,
    organisation: int | None = None,
    value: datetime | None = None,
    number: int | None = None,
) -> Any:
    reader = Person(pk=person)
    reader.__dict__["standing"] = _Sight(
        person=person,
        is_active=True,
        is_director=kind.is_director,
        is_administrator=False,
        member_of=frozenset(departments or ()),
        headed=frozenset(headed or ()),
        led_organisation=organisation,
    )
    made = listing.COMMON[kind.name](reader)
    question = Question(made, reader, kind.filters, kind.order, kind.is_dense)
    place = None
    if number is not None:
        place = Cursor(value or kind.priority or number, number)
    return question.choice(kind.amount, kind.order, place)


_PAGE = Prepared(_page)
