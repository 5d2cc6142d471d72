"""The engine: Django's own for SQLite, with a writer lock and the settings several processes need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base as django_sqlite
from django.db.utils import OperationalError

from estafeta.lib.sqlite.bundled import complaint
from estafeta.lib.sqlite.writer_lock import WriterLock

Database: Any = django_sqlite.DatabaseWrapper.Database

TIMEOUT_SECONDS = 20
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA mmap_size = 134217728",
    "PRAGMA journal_size_limit = 28311552",
    "PRAGMA temp_store = MEMORY",
)
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER")


class DatabaseWrapper(django_sqlite.DatabaseWrapper):
    """A connection that asks for the writer lock before it begins a transaction."""

    writer_lock: WriterLock | None = None

    def get_connection_params(self) -> dict[str, Any]:
        """Set what nobody should have to configure; OPTIONS still win."""
        params: dict[str, Any] = super().get_connection_params()
        params.setdefault("timeout", TIMEOUT_SECONDS)
        # Both were just set by Django from OPTIONS.
        self.transaction_mode: str = self.transaction_mode or "IMMEDIATE"
        self.init_commands: list[str] = [*PRAGMAS, *self.init_commands]
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the database unless this SQLite could damage it."""
        if reason := complaint(Database.sqlite_version_info):
            raise ImproperlyConfigured(reason)
        if not self.is_in_memory_db():
            self.writer_lock = WriterLock(
                str(conn_params["database"]), timeout=conn_params["timeout"]
            )
        return super().get_new_connection(conn_params)

    def create_cursor(self, name: str | None = None) -> Any:
        """Give cursors the lock too: a statement outside a transaction also writes."""
        if self.writer_lock is None:
            return super().create_cursor(name)
        return self.connection.cursor(factory=self._locking_cursor)

    def _locking_cursor(self, connection: Any) -> LockingCursor:
        cursor = LockingCursor(connection)
        cursor.writer = self
        return cursor

    def take_writer_lock(self) -> None:
        """Queue for the right to write."""
        if self.writer_lock is not None and not self.writer_lock.acquire():
            raise OperationalError("database is locked: another writer did not finish in time")

    def drop_writer_lock(self) -> None:
        """Let others write, unless a transaction of this connection is still open."""
        if self.writer_lock is not None and not (
            self.connection is not None and self.connection.in_transaction
        ):
            self.writer_lock.release()

    def _start_transaction_under_autocommit(self) -> None:
        self.take_writer_lock()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        finally:
            self.drop_writer_lock()

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self.drop_writer_lock()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self.drop_writer_lock()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            if self.writer_lock is not None:
                self.writer_lock.close()


class LockingCursor(django_sqlite.SQLiteCursorWrapper):
    """A cursor whose single writing statements wait their turn like transactions do."""

    writer: DatabaseWrapper

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement."""
        return self._in_turn(query, lambda: super(LockingCursor, self).execute(query, params))

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        """Run one statement for many rows."""
        return self._in_turn(
            query, lambda: super(LockingCursor, self).executemany(query, param_list)
        )

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        """Django's placeholders as SQLite's; the same texts come again and again."""
        if param_names is not None:
            return str(super().convert_query(query, param_names=param_names))
        return _with_question_marks(query)

    def _in_turn(self, query: str, run: Callable[[], Any]) -> Any:
        if self.connection.in_transaction or not query.lstrip()[:7].upper().startswith(WRITING):
            return run()
        self.writer.take_writer_lock()
        try:
            return run()
        finally:
            self.writer.drop_writer_lock()


@lru_cache(maxsize=2000)
def _with_question_marks(query: str) -> str:
    return django_sqlite.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
