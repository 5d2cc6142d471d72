"""Bulk loading into PostgreSQL: COPY, with indexes and foreign keys made afterwards."""

from __future__ import annotations

from typing import Any

from django.db import connection

from bench.sets.tables import Table, tables
from estafeta.tickets.lists.search import TABLE as SEARCH

BATCH = 50_000
ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class IntoPostgresql:
    """A sink that copies each table in large pieces."""

    def __init__(self) -> None:
        self.tables = tables()
        self.rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in self.tables}
        self.rows["search"] = []
        names = [*(table.name for table in self.tables.values()), SEARCH]
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET maintenance_work_mem = '512MB'")
            cursor.execute("SET synchronous_commit = off")
            cursor.execute(
                "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) "
                "AND indexdef NOT LIKE 'CREATE UNIQUE%%'",
                [names],
            )
            self.indexes = cursor.fetchall()
            for name, _definition in self.indexes:
                cursor.execute(f'DROP INDEX "{name}"')

    def add(self, table: str, row: tuple[Any, ...]) -> None:
        """Keep the row; write when there are many."""
        rows = self.rows[table]
        rows.append(row)
        if len(rows) >= BATCH:
            self._write(table)

    def _write(self, name: str) -> None:
        rows, self.rows[name] = self.rows[name], []
        if not rows:
            return
        if name == "search":
            lines = [
                f"{number}\t{_vector(public)}\t{_vector(staff)}" for number, public, staff in rows
            ]
            self._copy(SEARCH, ("ticket", "public", "staff"), lines)
            return
        table = self.tables[name]
        tail = "".join(f"\t{_text(value)}" for value in table.rest)
        lines = ["\t".join(map(_text, row)) + tail for row in rows]
        self._copy(table.name, table.columns, lines)

    def _copy(self, name: str, columns: tuple[str, ...], lines: list[str]) -> None:
        with connection.cursor() as cursor:
            raw: Any = cursor.cursor
            with raw.copy(f"COPY {name} ({','.join(columns)}) FROM STDIN") as copy:
                copy.write("\n".join(lines) + "\n")

    def finish(self) -> None:
        """Write what is left, make the indexes, move the sequences behind the last ids."""
        for name in self.rows:
            self._write(name)
        with connection.cursor() as cursor:
            for _name, definition in self.indexes:
                cursor.execute(definition)
            for table in self.tables.values():
                cursor.execute(_sequence(table))
            cursor.execute("SET session_replication_role = DEFAULT")
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")


def _text(value: Any) -> str:
    if value is None:
        return "\\N"
    if value is True or value is False:
        return "t" if value else "f"
    return value.translate(ESCAPED) if isinstance(value, str) else str(value)


def _vector(stems: list[str]) -> str:
    return " ".join(f"'{stem}'" for stem in stems)


def _sequence(table: Table) -> str:
    return (
        f"SELECT setval(pg_get_serial_sequence('{table.name}', '{table.key}'), "
        f"(SELECT coalesce(max({table.key}), 1) FROM {table.name}))"
    )
