"""Hundreds of rows of one table in one statement, without what Django does for each anew.

`bulk_create` and `bulk_update` make an expression of every value; here a column's values are turned
into the database's by one function, and the driver gets the statement once with all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

Values = Sequence[str]


def insert(
    model: type[models.Model],
    rows: Sequence[Any],
    *,
    unique: Values = (),
    renewing: Values = (),
) -> None:
    """New rows, or anything that has the attributes of one; they do not learn their ids. Where `unique` columns are there, `renewing` are set."""
    if not rows:
        return
    columns: list[Any] = [one for one in model._meta.concrete_fields if not one.db_returning]
    names = ", ".join(_quoted(field.column) for field in columns)
    marks = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {_quoted(model._meta.db_table)} ({names}) VALUES ({marks})"
    if unique:
        there = ", ".join(_column(model, name) for name in unique)
        anew = ", ".join(f"{_column(model, n)} = excluded.{_column(model, n)}" for n in renewing)
        sql += f" ON CONFLICT ({there}) DO UPDATE SET {anew}"
    _run(sql, columns, rows)


def update(model: type[models.Model], rows: Iterable[tuple[models.Model, Iterable[str]]]) -> None:
    """Rows that are there, each with the names of its changed fields; a statement for each set."""
    same: dict[tuple[str, ...], list[models.Model]] = defaultdict(list)
    for row, names in rows:
        if changed := tuple(sorted(names)):
            same[changed].append(row)
    key: Any = model._meta.pk
    for names, found in same.items():
        columns: list[Any] = [model._meta.get_field(name) for name in names]
        assignments = ", ".join(f"{_quoted(column.column)} = %s" for column in columns)
        table = _quoted(model._meta.db_table)
        sql = f"UPDATE {table} SET {assignments} WHERE {_quoted(key.column)} = %s"
        _run(sql, [*columns, key], found)


def _run(sql: str, columns: Sequence[Any], rows: Sequence[Any]) -> None:
    connection = connections[DEFAULT_DB_ALIAS]
    turned = [(column.attname, _turner(column, connection)) for column in columns]
    values = [
        [turn(getattr(row, name)) if turn else getattr(row, name) for name, turn in turned]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


def _turner(column: Any, connection: Any) -> Callable[[Any], Any] | None:
    """From Python's value to the database's; None where they are the same."""
    if isinstance(column, models.DateTimeField):
        return _moment(connection)
    if isinstance(column, models.CharField | models.TextField):
        return lambda value: value if type(value) is str or value is None else str(value)
    if isinstance(column, models.IntegerField):
        return lambda value: value if type(value) is int or value is None else int(value)
    if isinstance(column, models.ForeignKey | models.BooleanField):
        return None
    return lambda value: column.get_db_prep_save(value, connection)


def _moment(connection: Any) -> Callable[[Any], Any]:
    """As the engine's operations write it; the way of SQLite in one step for what is in UTC."""
    adapt: Callable[[Any], Any] = connection.ops.adapt_datetimefield_value
    if connection.vendor != "sqlite" or connection.timezone is not UTC:
        return adapt
    return lambda at: (
        str(at.replace(tzinfo=None)) if at is not None and at.tzinfo is UTC else adapt(at)
    )


def _column(model: type[models.Model], name: str) -> str:
    column: Any = model._meta.get_field(name)
    return _quoted(column.column)


def _quoted(name: str) -> str:
    return connections[DEFAULT_DB_ALIAS].ops.quote_name(name)
