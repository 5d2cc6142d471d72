"""Prepared querysets that begin with `visible_to`: the rule of sight, with its SQL made once.

Who a reader is decides the shape of the rule (a member, a head, a lead of clients); the ids of his
departments are values like any others, so that all agents share one text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db.models import QuerySet

from estafeta.accounts.standing import Standing
from estafeta.lib.prepared import Prepared

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

T = TypeVar("T")


class SeenBy(Generic[T]):
    """`make` gets the standing of a reader, which `visible_to` takes, and then what it is called with.

    What is given by position decides the shape of the SQL, what is given by name are values.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, T]]) -> None:
        self._make = make
        self._prepared: Prepared[T] = Prepared(self._for_anybody)

    def __call__(self, reader: Person, *shape: Any, **values: Any) -> list[T]:
        """The rows this reader sees."""
        standing = reader.standing
        # A director's rule is no rule; whoever is not active sees nothing, whatever he belongs to.
        told: dict[str, Any] = {}
        if standing.is_active and not standing.is_director:
            told = {"reader": standing.person, "organisation": standing.led_organisation}
            told |= {"departments": sorted(standing.departments), "headed": sorted(standing.headed)}
        told = {name: value for name, value in told.items() if value not in (None, [])}
        return self._prepared(standing.is_active, standing.is_director, *shape, **told, **values)

    def first(self, reader: Person, **values: Any) -> T | None:
        """The first of them, if there is one; the queryset limits itself."""
        rows = self(reader, **values)
        return rows[0] if rows else None

    def _for_anybody(
        self,
        is_active: bool,
        is_director: bool,
        *shape: Any,
        reader: int = 0,
        departments: Sequence[int] = (),
        headed: Sequence[int] = (),
        organisation: int | None = None,
        **values: Any,
    ) -> QuerySet[Any, T]:
        standing = Standing(
            person=reader,
            is_active=is_active,
            is_director=is_director,
            is_administrator=False,
            member_of=frozenset(departments),
            headed=frozenset(headed),
            led_organisation=organisation,
        )
        return self._make(standing, *shape, **values)
