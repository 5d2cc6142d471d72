"""The filters of a list in words: those that are on as chips, those that there are as fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from estafeta.accounts.models import Department, Person
from estafeta.desk.lists.chips import Chip
from estafeta.tickets.filters import ANY_OPEN, Filters
from estafeta.tickets.models import Priority
from estafeta.tickets.statuses import Status

if TYPE_CHECKING:
    from estafeta.desk.lists.address import Address

Choice = tuple[str, str]


def deadlines() -> list[Choice]:
    """Value and label."""
    return [
        ("late", pgettext("deadline", "Late")),
        ("today", _("Today")),
        ("week", _("In the next 7 days")),
        ("none", _("Without a deadline")),
    ]


def waits() -> list[Choice]:
    """Value and label."""
    return [("acceptance", _("To accept it")), ("answer", _("To answer"))]


def performers() -> list[Choice]:
    """Value and label of those who have no name of their own."""
    return [("me", _("Me")), ("others", _("Somebody else")), ("nobody", _("Nobody"))]


@dataclass(frozen=True)
class Fields:
    """What the panel of filters offers."""

    statuses: list[Choice]
    departments: list[Choice]
    performers: list[Choice]
    priorities: list[Choice]
    deadlines: list[Choice]
    waits: list[Choice]
    performer: Choice | None
    """The person who is chosen by name."""


def fields_of(filters: Filters, departments: list[Choice]) -> Fields:
    """For a reader who may choose among these departments."""
    return Fields(
        statuses=[(ANY_OPEN, _("All open")), *((s.value, str(s.label)) for s in Status)],
        departments=departments,
        performers=performers(),
        priorities=[(str(p.value), str(p.label)) for p in reversed(Priority)],
        deadlines=deadlines(),
        waits=waits(),
        performer=(filters.performer, _person(filters)) if filters.performer.isdigit() else None,
    )


def active_chips(filters: Filters, address: Address, *, without: str = "") -> list[Chip]:
    """One for each filter that is on, leading to the list without it; one may be left out."""
    words = {
        "status": (_("Status"), [_status(value) for value in filters.statuses]),
        "department": (_("Department"), _departments(filters)),
        "performer": (_("Performer"), [_performer(filters)]),
        "priority": (_("Priority"), [str(Priority(value).label) for value in filters.priorities]),
        "deadline": (_("Deadline"), [dict(deadlines()).get(filters.deadline, "")]),
        "waits": (_("Waits for me"), [dict(waits()).get(filters.waits, "")]),
        "q": (_("Contains"), [filters.text]),
    }
    return [
        Chip(f"{label}: {', '.join(values)}", address.without(name))
        for name, (label, values) in words.items()
        if any(values) and name != without
    ]


def _status(value: str) -> str:
    return _("All open") if value == ANY_OPEN else str(Status(value).label)


def _departments(filters: Filters) -> list[str]:
    if not filters.departments:
        return []
    # Names of departments are no secret among staff; clients have no such filter.
    rows = Department.objects.filter(pk__in=filters.departments)
    return list(rows.values_list("name", flat=True)) or ["—"]


def _performer(filters: Filters) -> str:
    if filters.performer.isdigit():
        return _person(filters)
    return dict(performers()).get(filters.performer, "")


def _person(filters: Filters) -> str:
    row = Person.objects.agents().filter(pk=int(filters.performer)).only("name").first()
    return row.name if row else "—"
