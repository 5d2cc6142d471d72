"""The headings that sort, and the menu of all orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from estafeta.tickets.lists.orders import Order

if TYPE_CHECKING:
    from estafeta.desk.lists.address import Address

FIRST = {
    name: Order(name, descending)
    for name, descending in {
        "changed": True, "number": True, "deadline": False, "priority": True, "opened": True,
    }.items()
}  # fmt: skip
"""The way that is wanted first of each order."""


def heads(order: Order, address: Address) -> dict[str, dict[str, str]]:
    """For the headings of the list: a second click turns the order round."""
    return {name: _head(name, order, address) for name in FIRST}


def choices(order: Order, address: Address) -> list[tuple[str, str, bool]]:
    """Label, address, and whether it is the one."""
    labels = {
        "changed": _("Changed last"), "deadline": _("By deadline"), "priority": _("By priority"),
        "number": _("By number"), "opened": _("Opened last"),
    }  # fmt: skip
    return [
        (label, address.sorted(FIRST[name]), order == FIRST[name]) for name, label in labels.items()
    ]


def _head(name: str, order: Order, address: Address) -> dict[str, str]:
    if order.name != name:
        return {"href": address.sorted(FIRST[name])}
    direction = "descending" if order.descending else "ascending"
    return {"href": address.sorted(order.reversed()), "direction": direction}
