"""Addresses of a list: the same list with one thing changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import QueryDict

from estafeta.tickets.filters import NAMES
from estafeta.tickets.orders import Order

if TYPE_CHECKING:
    from estafeta.desk.page import DeskRequest

_PLACES = ("after", "before", "shown", "size")


class Address:
    """Where the list is, without the place in it."""

    def __init__(self, request: DeskRequest) -> None:
        self.path = request.path
        self.query = request.GET.copy()
        for name in _PLACES:
            self.query.pop(name, None)

    def _with(self, query: QueryDict) -> str:
        text = query.urlencode(safe=",")
        return f"{self.path}?{text}" if text else self.path

    def set(self, **values: str) -> str:
        """With these values in place of what was there."""
        query = self.query.copy()
        for name, value in values.items():
            query[name] = value
        return self._with(query)

    def without(self, name: str) -> str:
        """With this filter off."""
        query = self.query.copy()
        query.pop(name, None)
        return self._with(query)

    def unfiltered(self, **values: str) -> str:
        """With these filters in place of all there were; the order stays."""
        query = self.query.copy()
        for name in NAMES:
            query.pop(name, None)
        for name, value in values.items():
            query[name] = value
        return self._with(query)

    def read(self) -> str:
        """Where what is shown is marked as read."""
        text = self.query.urlencode(safe=",")
        return f"{self.path}/read?{text}" if text else f"{self.path}/read"

    def kept(self) -> list[tuple[str, str]]:
        """What a form of filters carries on besides them."""
        return [(name, str(self.query[name])) for name in self.query if name not in NAMES]

    def source(self, name: str, order: Order) -> dict[str, str]:
        """What is listed on all pages, for whatever is done to the whole of it: see `named.asked`."""
        query = self.query.copy()
        query["sort"] = str(order)
        return {"list": name, "query": query.urlencode(safe=",")}

    def sorted(self, order: Order) -> str:
        """In this order."""
        return self.set(sort=str(order))
