"""The fields that ask for filters: in the panel above a list, and in groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from estafeta.desk.lists import filter_values as words
from estafeta.desk.lists.filter_values import Choice
from estafeta.tickets.lists import periods
from estafeta.tickets.lists.filter_reading import ATTRIBUTES

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.lists.conditions import Conditions

_PICKED = "/filters/suggest/"
MAIN = ("q", "deadline", "waits", "status", "performer", "requester", "department", "topic", "tag")
MORE = (
    "priority", "opened", "changed", "closed", "organisation", "author", "via", "unread",
)  # fmt: skip
_STAFF = frozenset({"performer", "author", "organisation", "department", "tag", "via"})


@dataclass(frozen=True)
class Field:
    """As desk/lists/field.html draws it; `kind` is text, select, checks, pick, period or flag."""

    name: str
    label: str
    kind: str
    values: tuple[str, ...] = ()
    options: list[Choice] = field(default_factory=list)
    chosen: list[Choice] = field(default_factory=list)
    source: str = ""
    multiple: bool = True
    since: str = ""
    until: str = ""

    @property
    def id(self) -> str:
        """In the page."""
        return "filter-" + self.name.replace(".", "-")

    @property
    def value(self) -> str:
        """Of a field that has one."""
        return self.values[0] if self.values else ""


def labels() -> dict[str, str]:
    """Name of a filter -> what it is called."""
    return {
        "q": _("Contains"), "status": _("Status"), "performer": _("Performer"),
        "requester": _("Requester"), "department": _("Department"), "topic": _("Topic"),
        "tag": _("Tag"), "priority": _("Priority"), "deadline": _("Deadline"),
        "waits": _("Waits for me"), "opened": _("Opened"), "changed": _("Changed"),
        "closed": pgettext("tickets", "Closed"), "organisation": _("Organisation"),
        "author": _("Author"), "via": _("Source"), "unread": _("Unread"),
    }  # fmt: skip


def offered(reader: Person) -> list[str]:
    """Names of the filters this reader is offered, the most wanted first."""
    if reader.is_agent:
        return [*MAIN, *MORE]
    leads = reader.standing.led_organisation is not None
    return [
        name for name in (*MAIN, *MORE)
        if name not in _STAFF and (leads or name != "requester")
    ]  # fmt: skip


def fields(
    conditions: Conditions, names: Sequence[str], reader: Person, prefix: str = ""
) -> list[Field]:
    """One for each of the names, holding what is asked for now."""
    called = labels()
    return [_field(name, called[name], conditions, reader, prefix) for name in names]


def values_of(conditions: Conditions, name: str) -> tuple[str, ...]:
    """What is asked for by this name, as texts."""
    value = getattr(conditions, ATTRIBUTES[name])
    if isinstance(value, tuple):
        return tuple(map(str, value))
    if value is True:
        return ("yes",)
    return (value,) if value else ()


def _field(name: str, label: str, conditions: Conditions, reader: Person, prefix: str) -> Field:
    values = values_of(conditions, name)
    if name in _CHOICES:
        kind = "select" if name in ("deadline", "waits") else "checks"
        return Field(prefix + name, label, kind, values, _CHOICES[name]())
    if name in _SOURCES:
        chosen = words.called(name, values, reader)
        source, multiple = _PICKED + _SOURCES[name], name != "performer"
        return Field(
            prefix + name, label, "pick", values, chosen=chosen, source=source, multiple=multiple
        )
    if name in ("opened", "changed", "closed"):
        return _period(prefix + name, label, values)
    return Field(prefix + name, label, "flag" if name == "unread" else "text", values)


def _period(name: str, label: str, values: tuple[str, ...]) -> Field:
    options = words.named_periods()
    if not values or values[0] in periods.NAMED:
        return Field(name, label, "period", values, options)
    since, until = periods.days(values[0])
    return Field(name, label, "period", (), options, since=str(since or ""), until=str(until or ""))


_CHOICES: dict[str, Callable[[], list[Choice]]] = {
    "status": words.statuses, "priority": words.priorities, "deadline": words.deadlines,
    "waits": words.waits, "via": words.vias,
}  # fmt: skip
_SOURCES = {
    "performer": "performers", "requester": "people", "author": "people",
    "department": "departments", "organisation": "organisations", "topic": "topics", "tag": "tags",
}  # fmt: skip
