"""The columns there are, what stands in them, and which are shown when nobody has chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from estafeta.accounts import tree
from estafeta.accounts.models import Department, Organisation, Person
from estafeta.lib.prepared import Prepared
from estafeta.tickets.models import Entry, Tagging, Ticket
from estafeta.tickets.topics import branches as topic_branches
from estafeta.tickets.via import Via

Value = str | int | datetime | tuple[str, ...] | None

DEFAULT = ("number", "title", "performer", "status", "deadline", "changed")
ALWAYS = "title"
NAME_BETWEEN = " › "


@dataclass(frozen=True)
class Column:
    """`order` is the order of the list that goes along it; `for_staff`: clients have no such column."""

    name: str
    label: Any
    order: str = ""
    for_staff: bool = False


ALL = (
    Column("number", _("No."), "number"),
    Column("title", _("Ticket")),
    Column("requester", _("Requester")),
    Column("organisation", _("Organisation")),
    Column("author", _("Author")),
    Column("department", _("Department")),
    Column("topic", _("Topic")),
    Column("tags", _("Tags"), for_staff=True),
    Column("performer", _("Performer")),
    Column("status", _("Status")),
    Column("priority", _("Priority"), "priority"),
    Column("deadline", _("Deadline"), "deadline"),
    Column("opened", _("Opened"), "opened"),
    Column("changed", _("Changed"), "changed"),
    Column("closed", pgettext_lazy("tickets", "Closed")),
    Column("via", _("Source")),
)
BY_NAME = {column.name: column for column in ALL}


SOURCES: dict[str, Any] = {
    Via.DESK.value: _("Page"), Via.API.value: _("API"), Via.MAIL.value: _("Mail"),
    Via.TELEGRAM.value: _("Telegram"),
    Via.SCHEDULE.value: _("Schedule"), Via.SYSTEM.value: _("System"),
}  # fmt: skip
"""Through which door a ticket came, as a source."""


def offered(reader: Person) -> list[Column]:
    """Those this reader can choose among."""
    return [column for column in ALL if reader.is_agent or not column.for_staff]


def chosen(names: Iterable[str], reader: Person) -> list[Column]:
    """Those with these names, in that order; the title is always among them."""
    known = {column.name: column for column in offered(reader)}
    found = [known[name] for name in dict.fromkeys(names) if name in known]
    if not any(column.name == ALWAYS for column in found):
        found.insert(0, known[ALWAYS])
    return found


def values_of(
    tickets: Sequence[Ticket], names: Sequence[str], reader: Person
) -> dict[int, dict[str, Value]]:
    """By ticket and column what stands there; as many queries for many tickets as for one."""
    facts = _Facts(tickets, reader)
    return {
        ticket.pk: {name: VALUES[name](ticket, facts) for name in names} for ticket in tickets
    }  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """As components/list.html draws it; `kind` is text, moment or tags."""

    label: Any
    kind: str
    value: Value


def cells_of(
    tickets: Sequence[Ticket], names: Sequence[str], reader: Person
) -> dict[int, dict[str, Cell]]:
    """The same for columns that are shown beside the usual ones."""
    return {
        number: {name: _cell(name, value) for name, value in values.items()}
        for number, values in values_of(tickets, names, reader).items()
    }


def _cell(name: str, value: Value) -> Cell:
    kind = "moment" if isinstance(value, datetime) else "tags" if name == "tags" else "text"
    return Cell(BY_NAME[name].label, kind, "" if value is None else value)


class _Facts:
    """What the tickets name; each source is asked once, and only when a column needs it."""

    def __init__(self, tickets: Sequence[Ticket], reader: Person) -> None:
        self.tickets, self.reader = tickets, reader
        self.numbers = [ticket.pk for ticket in tickets]

    @cached_property
    def people(self) -> dict[int, str]:
        ids = {
            pk for t in self.tickets for pk in (t.performer_id, t.requester_id, t.author_id) if pk
        }
        return dict(_PEOPLE(people=sorted(ids)))

    @cached_property
    def organisations(self) -> dict[int, str]:
        ids = {ticket.organisation_id for ticket in self.tickets if ticket.organisation_id}
        return dict(_ORGANISATIONS(organisations=sorted(ids))) if ids else {}

    @cached_property
    def departments(self) -> dict[int, Department]:
        return tree.by_id({ticket.department_id for ticket in self.tickets})

    @cached_property
    def tags(self) -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {}
        for ticket, name in _TAGS(tickets=self.numbers):
            found[ticket] = (*found.get(ticket, ()), name)
        return found

    @cached_property
    def vias(self) -> dict[int, str]:
        return dict(_VIAS(tickets=self.numbers))

    def topic(self, number: int | None) -> str:
        """Its name after those it stands in."""
        names = topic_branches.path(number, is_for_staff=self.reader.is_agent)
        return NAME_BETWEEN.join(names)


VALUES: dict[str, Callable[[Ticket, _Facts], Value]] = {
    "number": lambda t, _f: t.written,
    "title": lambda t, _f: t.title,
    "requester": lambda t, f: f.people.get(t.requester_id, ""),
    "organisation": lambda t, f: f.organisations.get(t.organisation_id or 0, ""),
    "author": lambda t, f: f.people.get(t.author_id, ""),
    "department": lambda t, f: f.departments[t.department_id].name,
    "topic": lambda t, f: f.topic(t.topic_id),
    "tags": lambda t, f: f.tags.get(t.pk, ()),
    "performer": lambda t, f: f.people.get(t.performer_id or 0, ""),
    "status": lambda t, _f: str(t.get_status_display()),
    "priority": lambda t, _f: str(t.get_priority_display()),
    "deadline": lambda t, _f: t.deadline,
    "opened": lambda t, _f: t.opened_at,
    "changed": lambda t, _f: t.changed_at,
    "closed": lambda t, _f: t.closed_at,
    "via": lambda t, f: SOURCES.get(f.vias.get(t.pk, ""), ""),
}  # fmt: skip


def _people(people: list[int]) -> Any:
    return Person.objects.filter(pk__in=people).order_by().values_list("pk", "name")


def _organisations(organisations: list[int]) -> Any:
    rows = Organisation.objects.filter(pk__in=organisations).order_by()
    return rows.values_list("pk", "name")


def _tags(tickets: list[int]) -> Any:
    rows = Tagging.objects.filter(ticket__in=tickets).order_by("tag__key")
    return rows.values_list("ticket", "tag__name")


def _vias(tickets: list[int]) -> Any:
    return Entry.objects.filter(ticket__in=tickets, seq=1).order_by().values_list("ticket", "via")


_PEOPLE, _ORGANISATIONS = Prepared(_people), Prepared(_organisations)
_TAGS, _VIAS = Prepared(_tags), Prepared(_vias)
