"""Bulk loading into SQLite: no journal of its own, indexes made afterwards."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection

from bench.sets.tables import Table, tables
from estafeta.tickets.lists.search import TABLE as SEARCH

BATCH = 20_000
PRAGMAS = (
    "journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "temp_store = MEMORY",
    "cache_size = -1500000", "foreign_keys = OFF",
)  # fmt: skip


class IntoSqlite:
    """A sink with one transaction for everything."""

    def __init__(self) -> None:
        connection.close()
        from pysqlite3 import dbapi2

        self.database: Any = dbapi2.connect(
            str(settings.DATABASES["default"]["NAME"]), isolation_level=None
        )
        for pragma in PRAGMAS:
            self.database.execute(f"PRAGMA {pragma}")
        self.tables = tables()
        names = [table.name for table in self.tables.values()]
        marks = ",".join("?" * len(names))
        self.indexes = self.database.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
            f"AND sql NOT LIKE 'CREATE UNIQUE%' AND tbl_name IN ({marks})",
            names,
        ).fetchall()
        for name, _sql in self.indexes:
            self.database.execute(f'DROP INDEX "{name}"')
        self.rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in self.tables}
        self.rows["search"] = []
        self.database.execute("BEGIN")

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
            self.database.executemany(
                f"INSERT INTO {SEARCH} (rowid, public, staff) VALUES (?, ?, ?)",
                [(number, " ".join(public), " ".join(staff)) for number, public, staff in rows],
            )
            return
        table = self.tables[name]
        if table.rest:
            rows = [(*row, *table.rest) for row in rows]
        self.database.executemany(_insert(table), rows)

    def finish(self) -> None:
        """Write what is left, make the indexes, let the database look at what it holds."""
        for name in self.rows:
            self._write(name)
        self.database.execute("COMMIT")
        for _name, sql in self.indexes:
            self.database.execute(sql)
        self.database.execute("ANALYZE")
        self.database.execute("PRAGMA locking_mode = NORMAL")
        self.database.execute("PRAGMA journal_mode = WAL")
        self.database.close()


def _insert(table: Table) -> str:
    marks = ",".join("?" * len(table.columns))
    return f"INSERT INTO {table.name} ({','.join(table.columns)}) VALUES ({marks})"
