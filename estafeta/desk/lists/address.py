"""Addresses of a list: the same list with one thing changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import QueryDict

from estafeta.tickets.lists.filters import is_filter
from estafeta.tickets.lists.orders import Order

if TYPE_CHECKING:
    from estafeta.desk.page import DeskRequest
    from estafeta.tickets.lists.filters import Filters

_VIEWS = "/views/"
_PLACES = ("after", "before", "shown", "size")


class Address:
    """Where the list is, without the place in it."""

    def __init__(
        self, request: DeskRequest, path: str = "", query: QueryDict | None = None
    ) -> None:
        self.path = path or request.path
        self.query = (request.GET if query is None else query).copy()
        for name in _PLACES:
            self.query.pop(name, None)

    def _with(self, query: QueryDict) -> str:
        if self.path.startswith(_VIEWS) and not any(map(is_filter, query)):
            query["changed"] = "yes"  # or the filters that were kept would come back
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
        for part in ("", "_from", "_to"):
            query.pop(name + part, None)
        return self._with(query)

    def without_group(self, filters: Filters, number: int) -> str:
        """With this group of filters off; the others are numbered anew."""
        groups = (*filters.groups[: number - 1], *filters.groups[number:])
        match = filters.match if len(groups) > 1 else "all"
        return self.with_filters(replace(filters, groups=groups, match=match))

    def with_filters(self, filters: Filters) -> str:
        """With these in place of all there were."""
        query = self._unfiltered()
        for name, value in filters.pairs():
            query.appendlist(name, value)
        return self._with(query)

    def unfiltered(self, **values: str) -> str:
        """With these filters in place of all there were; the order stays."""
        query = self._unfiltered()
        for name, value in values.items():
            query[name] = value
        return self._with(query)

    def _unfiltered(self) -> QueryDict:
        query = self.query.copy()
        for name in self.query:
            if is_filter(name):
                query.pop(name, None)
        return query

    def read(self) -> str:
        """Where what is shown is marked as read."""
        text = self.query.urlencode(safe=",")
        return f"{self.path}/read?{text}" if text else f"{self.path}/read"

    def filters(self) -> str:
        """Where the filters of this list are asked for."""
        query = self.query.copy()
        query["path"] = self.path
        return f"/lists/filters?{query.urlencode(safe=',')}"

    def kept(self) -> list[tuple[str, str]]:
        """What a form of filters carries on besides them."""
        query = self._unfiltered()
        return [(name, str(query[name])) for name in query]

    def query_text(self, *, without: Sequence[str] = ()) -> str:
        """As it stands behind the path, with its question mark."""
        query = self.query.copy()
        for name in without:
            query.pop(name, None)
        text = query.urlencode(safe=",")
        return f"?{text}" if text else ""

    def source(self, name: str, order: Order) -> dict[str, str]:
        """What is listed on all its pages, for what is done to the whole of it: see `named.asked`."""
        query = self.query.copy()
        query["sort"] = str(order)
        return {"list": name, "query": query.urlencode(safe=",")}

    def sorted(self, order: Order) -> str:
        """In this order."""
        return self.set(sort=str(order))
