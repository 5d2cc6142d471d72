"""One page of a list, in a time that does not grow with the list.

A person sees a ticket in one of several ways, and each way (a branch) can be read along an index in
the order of the list. So the first k of each branch are taken, and the first k of those are the
page. One plain filter with OR would make the database collect and sort everything that is visible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import EmptyResultSet
from django.db.models import Q
from django.db.models.expressions import RawSQL

from estafeta.tickets.lists import common_words, file_names, search
from estafeta.tickets.lists.filters import Filters
from estafeta.tickets.lists.orders import Cursor, Order
from estafeta.tickets.models import Ticket
from estafeta.tickets.queries import unindexed
from estafeta.tickets.sight import SeenBy

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.accounts.standing import Standing
    from estafeta.tickets.lists.listing import Listing
    from estafeta.tickets.queries import TicketQuerySet

SIZES = (25, 50, 100)
MOST_BRANCHES = 16
"""With more ways to see a ticket, most tickets are seen: then one walk along the order is short."""


MOST_MATCHES = 300
"""Of a word that many tickets contain so many of the newest are looked through first."""


@dataclass(frozen=True)
class Page:
    """`newer` and `older` are cursors for `before` and `after`, empty at the ends."""

    tickets: list[Ticket]
    newer: str
    older: str


@dataclass(frozen=True)
class Question:
    """A list narrowed and ordered for a reader."""

    listing: Listing
    reader: Person
    filters: Filters = field(default_factory=Filters)
    order: Order = field(default_factory=Order)
    is_dense: bool = False
    """So many tickets are seen that a walk along the order meets them soon; then an order without
    an index of its own in each branch need not sort all of them."""

    def narrowed(self, among: Sequence[int] | None = None) -> TicketQuerySet:
        """What passes the filters, before the rule; `among` are those with the text, if known."""
        return self.filters.apply(self.listing.tickets, reader=self.reader, among=among)

    def all(self) -> TicketQuerySet:
        """Every ticket of the answer, unordered."""
        return self.narrowed().filter(self.listing.rule)

    def page(self, size: int, *, after: str = "", before: str = "") -> Page:
        """The page after or before a cursor, or the first one. Raises BadCursor."""
        if before:
            found = self._first(size + 1, self.order.reversed(), before)
            if len(found) <= size:
                return self.page(size)
            tickets = found[:size][::-1]
            return Page(tickets, self.cursor_at(tickets[0]), self.cursor_at(tickets[-1]))
        found = self._first(size + 1, self.order, after)
        tickets = found[:size]
        newer = self.cursor_at(tickets[0]) if after and tickets else ""
        return Page(tickets, newer, self.cursor_at(tickets[-1]) if len(found) > size else "")

    def cursor_at(self, ticket: Ticket) -> str:
        """The cursor of this ticket's place."""
        return Cursor.at(ticket, self.order).write(self.order)

    @property
    def _is_dense(self) -> bool:
        return self.is_dense and self.listing.is_wide

    def last_of(self, tickets: Sequence[Ticket]) -> Ticket:
        """The one that stands last in the order."""
        return (
            min(tickets, key=self._place)
            if self.order.descending
            else max(tickets, key=self._place)
        )

    def is_before(self, ticket: Ticket, other: Ticket) -> bool:
        """Whether the order puts `ticket` first."""
        here, there = self._place(ticket), self._place(other)
        return here > there if self.order.descending else here < there

    def _place(self, ticket: Ticket) -> tuple[Any, int]:
        return getattr(ticket, self.order.column), ticket.pk

    def _first(self, amount: int, order: Order, cursor: str) -> list[Ticket]:
        place = Cursor.read(cursor, self.order) if cursor else None
        asked = self.filters.asked
        if self._is_in_index and order == Order("number"):
            walked = self._walked(amount, order, place)
            if walked is not None:
                return walked
            below = place.number if place else None
            newest = search.newest(
                asked.words, reader=self.reader, most=MOST_MATCHES, below=below, files=asked.files
            )
            found = self._among(newest.numbers, amount, order, place)
            if len(found) == amount or newest.are_all:
                return found
        from estafeta.tickets.lists import common_pages

        rows = common_pages.rows_of(self, amount, order, place)
        return list(self.choice(amount, order, place)) if rows is None else rows

    def _walked(self, amount: int, order: Order, place: Cursor | None) -> list[Ticket] | None:
        """The page by a walk along the tickets, where the words are common; None: it is too long."""
        from estafeta.tickets.lists import common_pages

        asked = self.filters.asked
        common = common_words.Common(asked.words, is_staff=self.reader.is_agent)
        if asked.rules or asked.files or not common.is_met_often():
            return None
        plain = replace(self, filters=replace(self.filters, text=""))
        found: list[Ticket] = []
        for step in common_words.STEPS:
            rows = common_pages.rows_of(plain, step, order, place)
            if rows is None:
                rows = list(plain.choice(step, order, place))
            met = common.among([row.pk for row in rows])
            found += [row for row in rows if row.pk in met]
            if len(found) >= amount or len(rows) < step:
                return found[:amount]
            if len(found) * common_words.WORTH < amount:
                return None
            place = Cursor.at(rows[-1], order)
        return None

    @property
    def _is_in_index(self) -> bool:
        """Whether words or names of files are asked for, and the index knows all of them."""
        asked = self.filters.asked
        return asked.is_of_words and not (asked.files and file_names.known_up_to() is not None)

    def _among(
        self, numbers: Sequence[int], amount: int, order: Order, place: Cursor | None
    ) -> list[Ticket]:
        is_plain = self.filters.only("text") and not self.filters.asked.rules
        if self.listing.name == "all" and is_plain:
            return _SEEN_AMONG(self.reader, amount, numbers=numbers)
        return list(self.choice(amount, order, place, numbers))

    def choice(
        self, amount: int, order: Order, place: Cursor | None, among: Sequence[int] | None = None
    ) -> TicketQuerySet:
        """The first tickets of the answer beyond a place."""
        beyond = order.beyond(place) if place else Q()
        tickets = self.narrowed(among).filter(beyond).order_by(*order.keys())
        branches = self._branches()
        if not self.listing.rule or not branches or self.filters.is_narrow:
            rows = tickets.filter(self.listing.rule)
        elif len(branches) == 1:
            rows = tickets.filter(branches[0])
        elif len(branches) > MOST_BRANCHES or (self._is_dense and order.name != "changed"):
            rows = tickets.filter(unindexed(self.listing.rule))
        else:
            firsts = [tickets.filter(branch)[:amount] for branch in branches]
            rows = Ticket.objects.filter(pk__in=numbers_of(firsts))
        return rows.order_by(*order.keys()).defer("text", "text_html")[:amount]

    def _branches(self) -> Sequence[Q]:
        """Those branches in which the filters can let anything pass."""
        wanted = self.filters.departments
        if not wanted:
            return self.listing.branches
        if all(self.listing.whole_department(pk) for pk in wanted):
            return [Q(department_id=pk) for pk in wanted]
        return [b for b in self.listing.branches if _department_of(b) in (None, *wanted)]


def _seen_among(reader: Standing, amount: int, numbers: Sequence[int]) -> TicketQuerySet:
    rows = Ticket.objects.visible_to(reader).filter(pk__in=numbers).order_by("-number")
    return rows.defer("text", "text_html")[:amount]


_SEEN_AMONG: SeenBy[Ticket] = SeenBy(_seen_among)


def _department_of(branch: Q) -> Any:
    return dict(cast(Any, branch.children)).get("department_id")


def numbers_of(choices: Sequence[TicketQuerySet]) -> RawSQL:
    """The numbers of the tickets of several choices, each perhaps ordered and cut, as a sub-query."""
    parts: list[str] = []
    values: list[Any] = []
    for choice in choices:
        try:
            sql, params = choice.values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT * FROM ({sql}) AS choice")
        values.extend(params)
    return RawSQL(" UNION ".join(parts) or "SELECT 0 WHERE 1 = 0", values)
