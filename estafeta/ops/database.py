"""The database's shape: what is to do, and doing it."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

CACHE_TABLE = "estafeta_cache"


def pending() -> list[str]:
    """Name the steps that this version needs and the database has not seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    names = [f"{migration.app_label} {migration.name}" for migration, _ in plan]
    if CACHE_TABLE not in connection.introspection.table_names():
        names.append(f"table {CACHE_TABLE}")
    return names


def bring_up_to_date(*, say: Callable[[str], object]) -> bool:
    """Do what is to do; tell whether there was anything."""
    waiting = pending()
    if not waiting:
        return False
    say(f"Preparing the database ({len(waiting)} steps)")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    return True
