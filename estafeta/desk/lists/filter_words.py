"""The filters that are on, as chips that lead to the list without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from estafeta.desk.lists import filter_values
from estafeta.desk.lists.chips import Chip
from estafeta.desk.lists.filter_fields import labels, values_of
from estafeta.tickets.lists.filters import NAMES

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.desk.lists.address import Address
    from estafeta.tickets.lists.conditions import Conditions
    from estafeta.tickets.lists.filters import Filters


def matches() -> dict[str, str]:
    """How the conditions of a group go together -> in words."""
    return {"all": _("All of"), "any": _("Any of"), "none": _("None of")}


def active_chips(
    filters: Filters, address: Address, reader: Person, *, without: str = ""
) -> list[Chip]:
    """One for each filter and group that is on; one filter may be left out."""
    chips = [
        Chip(text, address.without(name))
        for name, text in _said(filters, reader)
        if name != without
    ]
    for number, group in enumerate(filters.groups, 1):
        inside = "; ".join(text for _name, text in _said(group.conditions, reader))
        chips.append(
            Chip(f"{matches()[group.match]}: {inside}", address.without_group(filters, number))
        )
    return chips


def in_words(filters: Filters, reader: Person) -> str:
    """All of them in one line."""
    parts = [text for _name, text in _said(filters, reader)]
    for group in filters.groups:
        inside = "; ".join(text for _name, text in _said(group.conditions, reader))
        parts.append(f"{matches()[group.match]}: {inside}")
    return " · ".join(parts)


def _said(conditions: Conditions, reader: Person) -> list[tuple[str, str]]:
    called, found = labels(), []
    for name in NAMES:
        values = values_of(conditions, name)
        if not values:
            continue
        words = [label for _value, label in filter_values.called(name, values, reader)]
        text = called[name] if name == "unread" else f"{called[name]}: {', '.join(words)}"
        found.append((name, text))
    return found
