"""Ids in the order of commits, so that whoever follows "all after id N" misses nothing.

On PostgreSQL ids are handed out before commits: the transaction that got the smaller one may end
later. A lock that is taken just before the insert and lasts until the commit puts writers in line. On
SQLite there is one writer at a time anyway.
"""

from __future__ import annotations

from django.db import connection


def take_turn(lock: int) -> None:
    """Wait until nobody else writes under this number; as late in the transaction as can be."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
