"""Querysets whose SQL is made once, for the few that every page runs.

Django makes the SQL of a queryset anew each time, which takes five times as long as SQLite needs to
answer it. `Prepared` keeps what was made and only puts the values in.

    HOLDS = Prepared(lambda tickets: Hold.objects.filter(ticket__in=tickets).order_by("pk"))
    rows = HOLDS(tickets=[3, 5])

Values are whole numbers, moments, texts, and lists of whole numbers that are ids (an empty one
matches nothing). What decides the shape of the SQL is given by position, and is hashable.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

from estafeta.lib.rows import maker_of

T = TypeVar("T")

MOST_SHAPES = 200
NO_ID = -1
# Fits the columns of PostgreSQL that hold four bytes; for one of two bytes there is no stand-in.
_FIRST_NUMBER = 2_047_341_000
_FIRST_MOMENT = datetime(1903, 4, 5, 6, 7, 8, tzinfo=UTC)

Slot = tuple[str, int]
"""Name of the value, and the place in its list."""


class Prepared(Generic[T]):
    """Runs what `make` makes, with other values; gives a list."""

    def __init__(self, make: Callable[..., QuerySet[Any, T]]) -> None:
        self._make = make
        self._shapes: dict[Any, _Shape] = {}

    def __call__(self, *shape: Any, **values: Any) -> list[T]:
        """The rows, read."""
        connection = connections[DEFAULT_DB_ALIAS]
        lists = {name: _padded(value) for name, value in values.items() if _is_list(value)}
        kinds = tuple((name, len(lists.get(name, ()))) for name in values)
        key = (connection.vendor, shape, kinds)
        found = self._shapes.get(key)
        if found is None:
            if len(self._shapes) >= MOST_SHAPES:
                self._shapes.clear()
            found = self._shapes[key] = _Shape(self._make, shape, values | lists)
        return found.run(connection, values | lists)

    def first(self, *shape: Any, **values: Any) -> T | None:
        """The first row, if there is one; the queryset limits itself."""
        rows = self(*shape, **values)
        return rows[0] if rows else None


class _Shape:
    """One SQL text, and which value goes where."""

    def __init__(
        self, make: Callable[..., QuerySet[Any, Any]], shape: Sequence[Any], values: dict[str, Any]
    ) -> None:
        connection = connections[DEFAULT_DB_ALIAS]
        slots: dict[Any, Slot] = {}
        self.converters: dict[int, Any] | None = None
        self.quick: list[tuple[int, list[Callable[..., Any]], Any]] | None = None
        stand_ins = {name: _stand_in(name, value, slots) for name, value in values.items()}
        self.queryset = make(*shape, **stand_ins)
        self.compiler: Any = self.queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            self.sql, parameters = self.compiler.as_sql()
        except EmptyResultSet:  # whatever the values are, nothing can match
            self.sql = ""
            _refuse_if_a_stand_in_is_the_reason(make(*shape, **values))
            return
        adapted = {_adapted(connection, stand_in): slot for stand_in, slot in slots.items()}
        self.parameters = list(parameters)
        self.places = [
            (place, *adapted[parameter])
            for place, parameter in enumerate(parameters)
            if isinstance(parameter, int | str | datetime) and parameter in adapted
        ]
        if missing := set(slots.values()) - {(name, nth) for _place, name, nth in self.places}:
            raise ValueError(f"these values are not in the SQL: {sorted(missing)}")
        self.make = maker_of(self.queryset, self.compiler, DEFAULT_DB_ALIAS)

    def run(self, connection: Any, values: dict[str, Any]) -> list[Any]:
        if not self.sql:
            return []
        parameters = self.parameters.copy()
        for place, name, nth in self.places:
            value = values[name] if nth < 0 else values[name][nth]
            parameters[place] = _adapted(connection, value)
        if self.make is not None:
            with connection.cursor() as cursor:
                cursor.execute(self.sql, parameters)
                rows = cursor.fetchall()
            return self.make(self._converted(rows, connection))
        compiler = copy.copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_args, **_kwargs: (self.sql, tuple(parameters))
        compiler.get_converters = self._converters
        of_django: Any = self.queryset._iterable_class
        return list(of_django(_Bound(self.queryset, compiler)))

    def _converters(self, expressions: Any) -> Any:
        if self.converters is None:
            self.converters = self.compiler.get_converters(expressions)
        return self.converters

    def _converted(self, rows: list[Any], connection: Any) -> Iterable[Any]:
        """What the database gives as texts and numbers, as the fields want it."""
        if self.quick is None:
            converters = self._converters([column[0] for column in self.compiler.select])
            self.quick = [
                (place, [_quicker(convert, connection) for convert in functions], expression)
                for place, (functions, expression) in converters.items()
            ]
        if not self.quick:
            return rows
        found = []
        for row in map(list, rows):
            for place, functions, expression in self.quick:
                value = row[place]
                for convert in functions:
                    value = convert(value, expression, connection)
                row[place] = value
            found.append(row)
        return found


class _Bound:
    """A queryset and its query in one, as Django's iterables ask for them."""

    db = DEFAULT_DB_ALIAS

    def __init__(self, queryset: Any, compiler: Any) -> None:
        self._queryset, self._compiler = queryset, compiler
        self.query = self

    def get_compiler(self, using: str) -> Any:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        queryset = self._queryset
        return getattr(queryset if hasattr(queryset, name) else queryset.query, name)


def _refuse_if_a_stand_in_is_the_reason(queryset: QuerySet[Any, Any]) -> None:
    try:
        queryset.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    except EmptyResultSet:
        return
    raise ValueError("a column is too small for stand-ins: give its value by position")


def _is_list(value: Any) -> bool:
    return not isinstance(value, int | str | datetime)


def _padded(ids: Sequence[int]) -> list[int]:
    """So that few lengths, and so few shapes, occur."""
    ids = list(ids) or [NO_ID]
    length = 1 << (len(ids) - 1).bit_length()
    return ids + ids[-1:] * (length - len(ids))


def _stand_in(name: str, value: Any, slots: dict[Any, Slot]) -> Any:
    """A value of the same kind which is met nowhere else, to be found again in the SQL's."""
    if _is_list(value):
        numbers = [_FIRST_NUMBER + len(slots) + nth for nth in range(len(value))]
        slots.update({number: (name, nth) for nth, number in enumerate(numbers)})
        return numbers
    stand_in: int | str | datetime
    if isinstance(value, datetime):
        stand_in = _FIRST_MOMENT + timedelta(seconds=len(slots))
    elif isinstance(value, str):
        stand_in = f"stand-in {len(slots)} {id(slots)}"
    else:
        stand_in = _FIRST_NUMBER + len(slots)
    slots[stand_in] = (name, -1)
    return stand_in


def _quicker(convert: Callable[..., Any], connection: Any) -> Callable[..., Any]:
    """Django reads its settings for each moment of SQLite's, and asks the zone what UTC is."""
    if connection.vendor != "sqlite" or connection.timezone is not UTC:
        return convert
    is_moment = getattr(convert, "__name__", "") == "convert_datetimefield_value"
    return _moment if is_moment else convert


def _moment(value: Any, expression: Any, connection: Any) -> datetime | None:
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return None if value is None else value.replace(tzinfo=UTC)


def _adapted(connection: Any, value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
