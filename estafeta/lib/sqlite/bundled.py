"""Put the bundled, current SQLite in the place of the system's before Django loads it.

SQLite up to 3.51.2 can corrupt a WAL database when two connections write and checkpoint at the
same moment, which is what a web process and a worker do.
"""

from __future__ import annotations

import os
import sys

OLDEST_SAFE = (3, 51, 3)


def use_bundled_sqlite() -> None:
    """Let `import sqlite3` find the bundled library from now on; harmless where there is none."""
    try:
        import pysqlite3
        from pysqlite3 import dbapi2
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = dbapi2


def complaint(version: tuple[int, ...]) -> str | None:
    """Say why this SQLite must not be used, or None if it may."""
    if version >= OLDEST_SAFE or os.environ.get("ESTAFETA_ALLOW_OLD_SQLITE") == "1":
        return None
    found, wanted = (".".join(map(str, part)) for part in (version, OLDEST_SAFE))
    return (
        f"SQLite {found} can corrupt a database that several processes write to. "
        f"Estafeta needs {wanted} or newer: install the package pysqlite3 into its environment, "
        "or use PostgreSQL (ESTAFETA_DATABASE_URL). "
        "To accept the risk, set ESTAFETA_ALLOW_OLD_SQLITE=1."
    )
