"""The matrix of event and channel as a table of boxes; each shows what holds, whoever decided it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from estafeta.accounts.models import Person
from estafeta.notifications import channel_settings
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.default_wishes import Source
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import Address
from estafeta.notifications.wishes import POPUP, Chosen
from estafeta.notifications.wishing import columns

OF_STAFF = frozenset({Kind.NOTED, Kind.REMINDED, Kind.ESCALATED, Kind.ROOM, Kind.ASKED})
"""Clients are never told of these."""
NEVER_POP_UP = frozenset({Kind.ANNOUNCED, Kind.ROOM})
"""Of an announcement its sender says so; who wants every line of a room looks there."""


@dataclass(frozen=True)
class Column:
    """Pop-ups, or a channel."""

    name: str
    label: str
    icon: str
    is_missing: bool = False
    """The person has given no address for it."""


@dataclass(frozen=True)
class Cell:
    """One box."""

    column: Column
    name: str
    is_wanted: bool
    is_own: bool
    is_open: bool = True
    """Whether a wish is asked here: it is decided elsewhere for some, see `NEVER_POP_UP`."""


@dataclass(frozen=True)
class Row:
    """One kind of event."""

    kind: str
    label: str
    cells: list[Cell]
    origin: str

    @property
    def is_own(self) -> bool:
        """Something here was decided by whoever looks at it."""
        return any(cell.is_own for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """What the macro draws."""

    columns: list[Column]
    rows: list[Row]

    @property
    def is_own(self) -> bool:
        """Something was decided here at all."""
        return any(row.is_own for row in self.rows)


def table(chosen: Chosen, *, person: Person | None = None) -> Table:
    """For one person, or for whom a place decides."""
    shown = list(_columns(person))
    kinds = list(Kind)
    if person is not None and not person.is_agent:
        kinds = [kind for kind in kinds if kind not in OF_STAFF]
    return Table(shown, [_row(kind, shown, chosen) for kind in kinds])


def _columns(person: Person | None) -> Iterator[Column]:
    ready = channel_settings.ready()
    reached = _reached(person) if person is not None else set(ready)
    for name, label in columns().items():
        if name == POPUP:
            yield Column(name, str(label), "device-desktop")
        elif name in ready:
            yield Column(name, str(label), CHANNELS[name].icon, name not in reached)


def _reached(person: Person) -> set[str]:
    """The channels over which something would arrive."""
    by_channel: dict[str, list[Address]] = {}
    for row in Address.objects.filter(person=person).defer("sealed_value"):
        by_channel.setdefault(row.channel, [])
        if row.confirmed_at is not None and row.stopped_at is None and row.is_on:
            by_channel[row.channel].append(row)
    return {
        name
        for name, channel in CHANNELS.items()
        if list(channel.targets_of(person, by_channel.get(name, [])))
    }


def _row(kind: Kind, shown: Sequence[Column], chosen: Chosen) -> Row:
    choices = [chosen.choice(kind, column.name) for column in shown]
    cells = [
        Cell(
            column,
            f"{kind}.{column.name}",
            choice.is_wanted,
            choice.source is Source.OWN,
            is_open=column.name != POPUP or kind not in NEVER_POP_UP,
        )
        for column, choice in zip(shown, choices, strict=True)
    ]
    return Row(kind, str(kind.label), cells, _origin(choices))


def _origin(choices: Sequence[Any]) -> str:
    """Who decided, in words; of several the nearest."""
    for source, words in (
        (Source.OWN, _("Changed here")),
        (Source.DEPARTMENT, _("As %(name)s has it")),
        (Source.ORGANISATION, _("As the organisation has it")),
    ):
        for choice in choices:
            if choice.source is source:
                return words % {"name": choice.name} if choice.name else words
    return ""
