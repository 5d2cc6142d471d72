"""Wake other processes when something was committed; what it was they read from the database.

`ring(topic)` belongs inside the transaction: on PostgreSQL the bell sounds at its commit and never
if it is rolled back. On SQLite every commit is noticed by a poll that costs microseconds, so there
is nothing to send. A bell may ring too often; it never stays silent after a commit.
"""

from __future__ import annotations

import asyncio
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from django.db import DEFAULT_DB_ALIAS, connections

if TYPE_CHECKING:
    import psycopg

CHANNEL = "estafeta"
POLL_SECONDS = 0.04
RECONNECT_SECONDS = 1.0


def ring(topic: str, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Wake everybody who waits, once the current transaction is committed."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, topic])


class _DataVersion:
    """SQLite's own counter of commits made by others, read over a connection used for nothing else."""

    def __init__(self, using: str) -> None:
        from sqlite3 import connect

        database = connections[using].get_connection_params()["database"]
        self._connection = connect(
            str(database), uri=True, check_same_thread=False, isolation_level=None
        )
        self._seen = self._read()

    def _read(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def has_changed(self) -> bool:
        """Tell whether anybody committed since the last look."""
        before, self._seen = self._seen, self._read()
        return before != self._seen

    def close(self) -> None:
        self._connection.close()


def _listening_parameters(using: str) -> dict[str, Any]:
    parameters: dict[str, Any] = connections[using].get_connection_params()
    # These belong to Django's cursors, which a connection that only listens does not need.
    for name in ("cursor_factory", "context"):
        parameters.pop(name, None)
    return parameters | {"autocommit": True}


class Bell:
    """Wait, in a thread or process of its own, for the next commit of anybody."""

    def __init__(self, *, using: str = DEFAULT_DB_ALIAS) -> None:
        self._using = using
        self._is_postgres = connections[using].vendor == "postgresql"
        self._version = None if self._is_postgres else _DataVersion(using)
        self._listener: psycopg.Connection[Any] | None = None
        if self._is_postgres:
            self._listener = self._listen()

    def wait(self, timeout: float) -> bool:
        """Return True as soon as something may have happened, False when the time is over."""
        return self._wait_for_commit(timeout) if self._version else self._wait_for_notice(timeout)

    def _wait_for_commit(self, timeout: float) -> bool:
        assert self._version is not None
        end = time.monotonic() + timeout
        while not self._version.has_changed():
            left = end - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(POLL_SECONDS, left))
        return True

    def _listen(self) -> psycopg.Connection[Any]:
        import psycopg

        listener = psycopg.connect(**_listening_parameters(self._using))
        listener.execute(f"LISTEN {CHANNEL}")
        return listener

    def _wait_for_notice(self, timeout: float) -> bool:
        import psycopg

        try:
            if self._listener is None:
                self._listener = self._listen()
                return True  # something may have happened while nobody listened
            for _ in self._listener.notifies(timeout=timeout, stop_after=1):
                return True
        except psycopg.Error:
            self.close()
            time.sleep(min(RECONNECT_SECONDS, timeout))
        return False

    def close(self) -> None:
        """Give the connection back."""
        if self._version is not None:
            self._version.close()
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()


class AsyncBell:
    """The same for an event loop: `await bell.wait(timeout)` holds up nobody else."""

    def __init__(self, *, using: str = DEFAULT_DB_ALIAS) -> None:
        self._using = using
        self._is_postgres = connections[using].vendor == "postgresql"
        self._version = None if self._is_postgres else _DataVersion(using)
        self._listener: psycopg.AsyncConnection[Any] | None = None

    async def wait(self, timeout: float) -> bool:
        """Return True as soon as something may have happened, False when the time is over."""
        if self._version is None:
            return await self._wait_for_notice(timeout)
        end = time.monotonic() + timeout
        while not self._version.has_changed():
            left = end - time.monotonic()
            if left <= 0:
                return False
            await asyncio.sleep(min(POLL_SECONDS, left))
        return True

    async def _wait_for_notice(self, timeout: float) -> bool:
        import psycopg

        try:
            if self._listener is None:
                self._listener = await psycopg.AsyncConnection.connect(
                    **_listening_parameters(self._using)
                )
                await self._listener.execute(f"LISTEN {CHANNEL}")
                return True  # something may have happened while nobody listened
            async for _ in self._listener.notifies(timeout=timeout, stop_after=1):
                return True
        except psycopg.Error:
            await self.close()
            await asyncio.sleep(min(RECONNECT_SECONDS, timeout))
        return False

    async def close(self) -> None:
        """Give the connection back."""
        if self._version is not None:
            self._version.close()
        if self._listener is not None:
            await self._listener.close()
            self._listener = None
